"""Change a number, see who is decided differently: exact small cases through the real path."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from rules_tools_runs import NOW, copied_rules, edit, finished, households, refused, said

from eligibility.application.pipeline import execute
from eligibility.application.run import RunRequest
from eligibility.application.saved_runs import open_run
from eligibility.application.stage import Work
from eligibility.application.what_if import Depth, keep_shifts, redecide
from eligibility.cli.run import run_batch
from eligibility.cli.simulate import simulate_district
from eligibility.rulebook import load_policy
from support.paper_folder import AS_OF, RULES, Papers, resident_id, whole_loss
from support.recorded import copied, vouched_for

ROOT = RULES.parents[1]
COMMAND = [sys.executable, str(ROOT / "cli.py")]


def call(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *map(str, words)], capture_output=True, text=True, check=False)


def impact(*words: str | Path) -> dict[str, Any]:
    return json.loads(said("impact", *words, "--json"))


def names(workbook: Path, sheet: str = "结论改变") -> dict[str, tuple[str, str]]:
    """Name → old and new outcome, as the workbook lists them."""
    rows = openpyxl.load_workbook(workbook)[sheet].iter_rows(min_row=2, values_only=True)
    return {row[1]: (row[6], row[7]) for row in rows if row[1]}


def test_another_line_turns_just_the_person_between(around_the_line: Path, tmp_path: Path) -> None:
    rules = copied_rules(tmp_path)
    edit(rules / "parameters" / "most_land_line.yaml", "value: 0.3\n", "value: 0.35\n")
    found = impact(rules, "--run", around_the_line, "--out", tmp_path / "out")
    assert (found["persons"], found["changed"], found["decided_from"]) == (3, 1, "conditions")
    assert found["turns"] == [{"old": "not_eligible", "new": "eligible", "persons": 1}]
    assert found["streets"] == [{"street": "乌龙街道", "turns": found["turns"]}]
    assert found["clauses"] == [{"clause": "most_land_lost", "old": "refuted", "new": "proven", "persons": 1}]
    assert found["reasons"] == [{"reason": "most_land_lost", "lost": 1, "new": 0}]
    assert names(tmp_path / "out" / "impact.xlsx") == {"人2": ("不符合", "符合")}


def test_the_same_number_tried_without_editing_says_the_same(around_the_line: Path, tmp_path: Path) -> None:
    found = impact("--run", around_the_line, "--param", "大部分土地标准=0.35", "--out", tmp_path / "out")
    assert found["turns"] == [{"old": "not_eligible", "new": "eligible", "persons": 1}]
    assert [(d["id"], d["old"], d["new"]) for d in found["differences"]] == [
        ("most_land_line", "0.3 亩（2019-01-01 起）", "0.35 亩（试设）")
    ]
    assert names(tmp_path / "out" / "impact.xlsx") == {"人2": ("不符合", "符合")}


@pytest.mark.parametrize(("compare", "becomes"), [("le", "符合"), ("lt", "不符合")])
def test_setting_the_comparison_decides_the_person_on_the_line(
    on_the_line: Path, tmp_path: Path, compare: str, becomes: str
) -> None:
    impact(RULES, "--run", on_the_line, "--compare", compare, "--out", tmp_path / "out")
    assert names(tmp_path / "out" / "impact.xlsx") == {"人2": ("待人工核查", becomes)}


def test_only_a_clause_edited_needs_no_facts(around_the_line: Path, tmp_path: Path) -> None:
    rules = copied_rules(tmp_path)
    clause = rules / "clauses" / "most_land_lost.yaml"
    edit(clause, "kind: requirement", "kind: refer")
    edit(clause, "on_open:", "on_refuted: [status_unknown]\non_open:")
    found = impact(rules, "--run", around_the_line)
    assert (found["decided_from"], found["turns"]) == (
        "clauses",
        [{"old": "not_eligible", "new": "manual_review", "persons": 2}],
    )


def equal_share() -> Papers:
    """人1 owns 0.35 亩 of 100 in a group that lost 20, shared equally; 人2 owns 30."""
    papers = whole_loss()
    papers.tables["title_certificates"][0]["area_mu"] = "0.35"
    for line in papers.tables["payouts"]:
        line["basis"] = "均分"
    return papers


def test_another_attribution_of_shared_land_derives_the_facts_again(tmp_path: Path) -> None:
    run = finished(equal_share(), tmp_path)
    found = impact("--run", run, "--param", "shared_land_attribution=group_ratio", "--out", tmp_path / "i")
    assert found["decided_from"] == "facts"
    # 0.35 × 20 ÷ 100 = 0.07 lost, 0.28 left; 人2 keeps 10 亩 at least, whatever the attribution
    assert names(tmp_path / "i" / "impact.xlsx") == {"人1": ("待人工核查", "符合")}


def test_a_later_start_derives_links_and_facts_again(around_the_line: Path, tmp_path: Path) -> None:
    found = impact("--run", around_the_line, "--param", "start_date=2014-01-01", "--out", tmp_path / "i")
    assert found["decided_from"] == "links"
    assert names(tmp_path / "i" / "impact.xlsx")["人1"] == ("符合", "待人工核查")


TRIED = [
    {"most_land_line": "0.8"},
    {"agreements_complete": "false", "most_land_compare": "lt"},
    {"shared_land_attribution": "per_capita"},
    {"start_date": "2019-01-01"},
    {"special_works_words": "道路、学校", "state_council_farmland_line": "1公顷"},
]


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up district, papers and finished run."""
    folder = tmp_path_factory.mktemp("district")
    simulate_district(folder / "in", persons=700, seed=3, form="csv", encoding="utf-8-sig", rates=[], lang="zh")
    run_batch(RunRequest(folder / "in", RULES, AS_OF, folder / "out"), now=NOW, lang="zh", json=True)
    return folder


@pytest.mark.parametrize("trying", TRIED, ids=lambda trying: next(iter(trying)))
def test_every_person_comes_out_as_when_the_papers_are_read_again(district: Path, trying: dict[str, str]) -> None:
    new = load_policy(RULES, as_of=AS_OF, trying=trying)
    con, old = open_run(district / "out")
    keep_shifts(con, redecide(con, old, new, district / "out").shifts)
    keys = " AND ".join(f"m.key_{i} = s.key_{i}" for i in range(2 if "key_1" in _columns(con) else 1))
    quick = con.execute(
        "SELECT row_id, new_outcome, new_reasons FROM marked m"
        f" JOIN shifted s ON m.profile_id = s.profile_id AND {keys} ORDER BY row_id"
    ).fetchall()
    with duckdb.connect() as fresh:
        execute(Work(fresh, new, district / "in"), last="decisions")
        slow = fresh.execute("SELECT row_id, outcome, reasons FROM decision.persons ORDER BY row_id").fetchall()
    assert len(quick) == len(slow) > 600
    assert quick == slow
    before = con.execute("SELECT row_id, outcome, reasons FROM decision.persons ORDER BY row_id").fetchall()
    assert before != slow, "the trial must change something, or this test proves nothing"


def _columns(con: duckdb.DuckDBPyConnection) -> set[str]:
    return {row[0] for row in con.execute("DESCRIBE marked").fetchall()}


def test_every_assumed_number_is_tried_with_every_alternative(on_the_line: Path) -> None:
    table = impact("--run", on_the_line, "--all-assumed")
    changed = {(line["parameter"], line["value"]): line["changed"] for line in table}
    assert changed["most_land_compare", "恰为标准的也算"] == 1
    assert changed["most_land_compare", "低于才算，恰为标准的不算"] == 1
    assert changed["most_land_line", "0.8 亩"] == 2
    assert changed["most_land_line", "0.2 亩"] == 2  # 人1 and 人2 are refused then
    policy = load_policy(RULES, as_of=AS_OF)
    unsure = {name for name in policy.parameters if policy.status(name) not in ("seen", "quoted")}
    assert {line["parameter"] for line in table} == unsure
    alone = next(line for line in table if line["parameter"] == "start_date")
    assert (alone["changed"], alone["value"]) == (None, None)


def digest(folder: Path) -> dict[str, str]:
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_nothing_is_written_into_the_run_and_no_id_on_the_page(on_the_line: Path, tmp_path: Path) -> None:
    before = digest(on_the_line)
    impact("--run", on_the_line, "--param", "start_date=2014-01-01", "--out", tmp_path / "i")
    for inside in (on_the_line, on_the_line / "what-if"):
        assert "out_in_use" in refused("impact", "--run", on_the_line, "--compare", "le", "--out", inside)
    assert digest(on_the_line) == before
    page = (tmp_path / "i" / "impact.html").read_text(encoding="utf-8")
    assert resident_id(1) not in page
    assert "人1" not in page
    assert not re.search(r'(?:src|href)="https?:', page)


def test_a_folder_of_mine_is_not_overwritten_but_an_earlier_comparison_is(on_the_line: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "note.txt").write_text("keep", encoding="utf-8")
    assert "out_in_use" in refused("impact", "--run", on_the_line, "--out", tmp_path / "mine")
    for compare in ("lt", "le"):
        impact("--run", on_the_line, "--compare", compare, "--out", tmp_path / "i")
    assert names(tmp_path / "i" / "impact.xlsx") == {"人2": ("待人工核查", "符合")}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--param", "most_land_lime=0.35"], "most_land_line"),
        (["--param", "most_land_line"], "参数=值"),
        (["--param", "most_land_line=一点点"], "一点点"),
        (["--compare", "ge"], "“ge”"),
        (["--param", "most_land_compare=ge"], "“ge”"),
    ],
)
def test_a_wrong_trial_is_told_what_is_wrong(on_the_line: Path, words: list[str], told: str) -> None:
    assert told in refused("impact", "--run", on_the_line, *words)


def test_unusable_rules_are_told_at_their_line(on_the_line: Path, tmp_path: Path) -> None:
    rules = copied_rules(tmp_path)
    edit(rules / "conditions.yaml", "remaining_per_head <= most_land_line", "remaining_per_heads <= most_land_line")
    done = call("rules", "impact", rules, "--run", on_the_line)
    assert (done.returncode, "conditions.yaml" in done.stderr, "remaining_per_head" in done.stderr) == (2, True, True)


def test_the_same_rules_change_nobody(on_the_line: Path) -> None:
    found = impact("--run", on_the_line)
    assert (found["changed"], found["reasons_only"], found["differences"]) == (0, 0, [])
    assert found["decided_from"] == Depth.CLAUSES.name.lower()


def test_the_page_of_the_docs_still_works(on_the_line: Path, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "impact.md").read_text(encoding="utf-8")
    commands = re.findall(r"^eligibility (rules .+)$", text, re.MULTILINE)
    assert len(commands) >= 4
    for command in commands:
        words = command.replace("runs/demo", str(on_the_line)).replace("what-if", str(tmp_path / "what-if")).split()
        assert said(*words[1:]), command


def test_households_helper_is_decided_as_it_says(on_the_line: Path) -> None:
    con, _ = open_run(on_the_line)
    found = con.execute("SELECT name, outcome FROM decision.persons ORDER BY row_id").fetchall()
    assert found == [("人1", "eligible"), ("人2", "manual_review"), ("人3", "not_eligible")]
    assert households(["4.28"]).tables["agreements"][0]["area"] == "4.00"


def test_a_run_of_an_earlier_program_is_told_so(on_the_line: Path, tmp_path: Path) -> None:
    run = copied(on_the_line, tmp_path / "run")
    stored, thinner = run / "papers" / "agreements.parquet", tmp_path / "thinner.parquet"
    duckdb.execute(f"COPY (SELECT * EXCLUDE (group_keys) FROM '{stored}') TO '{thinner}' (FORMAT parquet)")
    thinner.rename(stored)
    vouched_for(run)
    assert "run_outdated" in refused("impact", "--run", run, "--param", "start_date=2014-01-01")
