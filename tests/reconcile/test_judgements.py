"""Judgements of reviewers on links, from the file to the coverage of the next run."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from eligibility.identify import identify
from eligibility.intake import lay_judgements, read_dossier, read_judgements
from eligibility.model.diagnostic import InputError
from eligibility.reconcile import reconcile
from eligibility.rulebook import load_policy
from support.paper_folder import APPROVAL, AS_OF, RULES, Papers

OTHER = "云国土资复〔2014〕7号"
HEADER = ["协议编号", "地类", "批文文号", "判定", "判定人", "日期", "说明"]
CONFIRMED = ["协1", "", APPROVAL, "确认", "张", "2024-03-05", "见原件"]


def call(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """The command as a person runs it."""
    command = [sys.executable, str(RULES.parents[1] / "cli.py"), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def papers() -> Papers:
    """An agreement without citation or project that either of two approvals could cover."""
    made = Papers().person().certificate().approval(project="").approval(OTHER, project="")
    return made.agreement(cited_approval_no="", project="").line()


def written(folder: Path, *rows: list[str], header: list[str] = HEADER) -> Path:
    """A file of judgements as an officer saves it."""
    path = folder / "判定.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def reconciled(folder: Path, path: Path, dossier: Papers | None = None) -> duckdb.DuckDBPyConnection:
    """The dossier reconciled with the judgements of the file."""
    con = duckdb.connect()
    read_dossier((dossier or papers()).write(folder / "in"), con)
    lay_judgements(con, read_judgements(path))
    identify(con, load_policy(RULES, as_of=AS_OF))
    reconcile(con, load_policy(RULES, as_of=AS_OF))
    return con


def covered(con: duckdb.DuckDBPyConnection) -> tuple[str, int, int]:
    """Status and range in 亩 of the first agreement."""
    sql = "SELECT status, covered_umu_min // 1000000, covered_umu_max // 1000000 FROM link.coverage ORDER BY row_id"
    return con.execute(sql).fetchall()[0]


def findings(con: duckdb.DuckDBPyConnection) -> list[tuple[str, int, str, bool]]:
    """Code, row, column and whether it stays, of every finding on judgements."""
    sql = 'SELECT code, "row", col, kept FROM paper.quarantine WHERE table_name = \'judgements\' ORDER BY "row"'
    return con.execute(sql).fetchall()


def test_a_confirmed_link_is_positive_evidence_and_says_who_confirmed_it(tmp_path: Path) -> None:
    con = reconciled(tmp_path, written(tmp_path, CONFIRMED))
    assert covered(con) == ("covered", 20, 20)
    assert findings(con) == []
    ((approval, certainty, evidence, by),) = con.execute(
        "SELECT approval_key, certainty, evidence, judged_by FROM link.links"
    ).fetchall()
    assert (approval, certainty, by) == (APPROVAL, "certain", "张")
    assert "judged_confirmed:+11" in evidence.split(";")


def test_without_judgements_and_with_an_unsure_one_nothing_is_certain(tmp_path: Path) -> None:
    con = reconciled(tmp_path, written(tmp_path, ["协1", "", APPROVAL, "存疑", "张", "", ""]))
    assert covered(con) == ("ambiguous", 0, 20)
    assert con.execute("SELECT count(*), count(*) FILTER (judged_by <> '') FROM link.links").fetchone() == (2, 0)


def test_a_rejected_link_is_gone_even_against_a_citation(tmp_path: Path) -> None:
    dossier = Papers().person().certificate().approval().agreement().line()
    con = reconciled(tmp_path, written(tmp_path, ["协1", "耕地", APPROVAL, "不认可", "张", "", ""]), dossier)
    assert covered(con) == ("uncovered", 0, 0)
    assert con.execute("SELECT count(*) FROM link.links").fetchone() == (0,)


def test_a_confirmed_link_takes_no_more_than_rivals_leave(tmp_path: Path) -> None:
    dossier = papers().agreement("协2", area="15.00")
    con = reconciled(tmp_path, written(tmp_path, CONFIRMED), dossier)
    assert covered(con) == ("ambiguous", 5, 20)


def test_two_reviewers_who_contradict_each_other_bind_nothing_and_are_shown(tmp_path: Path) -> None:
    con = reconciled(
        tmp_path, written(tmp_path, CONFIRMED, ["协1", "耕地", APPROVAL, "不认可", "李", "2024-04-01", ""])
    )
    assert covered(con) == ("ambiguous", 0, 20)
    assert findings(con) == [
        ("contradictory_judgements", 2, "judgement", True),
        ("contradictory_judgements", 3, "judgement", True),
    ]


def test_the_later_judgement_of_one_reviewer_counts(tmp_path: Path) -> None:
    con = reconciled(tmp_path, written(tmp_path, CONFIRMED, ["协1", "", APPROVAL, "rejected", "张", "2024-05-01", ""]))
    assert [key for (key,) in con.execute("SELECT approval_key FROM link.links").fetchall()] == [OTHER]
    assert findings(con) == []


def test_bad_cells_are_findings_with_their_row_and_the_other_judgements_count(tmp_path: Path) -> None:
    rows = [
        ["协9", "", APPROVAL, "确认", "张", "", ""],
        ["协1", "", "云国土资复〔2013〕999号", "确认", "张", "", ""],
        ["协1", "", APPROVAL, "大概是", "张", "", ""],
        ["协1", "水面", APPROVAL, "确认", "张", "", ""],
        ["协1", "", APPROVAL, "确认", "", "", ""],
        ["协1", "", APPROVAL, "确认", "张", "去年", ""],
    ]
    con = reconciled(tmp_path, written(tmp_path, *rows))
    assert findings(con) == [
        ("unknown_reference", 2, "agreement_no", False),
        ("unknown_reference", 3, "approval_no", False),
        ("bad_enum", 4, "judgement", False),
        ("bad_enum", 5, "land_class", False),
        ("required_blank", 6, "by", False),
        ("bad_date", 7, "on", True),
    ]
    assert covered(con) == ("covered", 20, 20)


def test_a_link_that_place_or_class_forbids_is_not_made_by_confirming_it(tmp_path: Path) -> None:
    dossier = Papers().person().certificate().approval(groups="二组", project="")
    dossier = dossier.agreement(cited_approval_no="", project="").line()
    con = reconciled(tmp_path, written(tmp_path, CONFIRMED), dossier)
    assert covered(con) == ("uncovered", 0, 0)
    assert findings(con) == [("judgement_impossible", 2, "judgement", True)]


def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="missing_judgements"):
        read_judgements(tmp_path / "无.csv")
    with pytest.raises(InputError):
        read_judgements(written(tmp_path, ["协1", "确认"], header=["协议编号", "判定"]))


def test_a_run_takes_a_workbook_of_judgements_and_records_its_hash(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "判定.xlsx"))
    sheet = book.add_worksheet("对应判定")
    for number, row in enumerate([HEADER, CONFIRMED]):
        sheet.write_row(number, 0, row)
    book.close()
    out = tmp_path / "out"
    done = call("run", papers().write(tmp_path / "in"), "--rules", RULES, "--as-of", "2022-10-31", "--out", out,
                "--judgements", tmp_path / "判定.xlsx")  # fmt: skip
    assert done.returncode == 0, done.stderr
    inputs = {one["table"]: one for one in json.loads((out / "manifest.json").read_text(encoding="utf-8"))["inputs"]}
    assert (inputs["judgements"]["file"], inputs["judgements"]["rows"]) == ("判定.xlsx", 1)
    with (out / "links.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [(row["approval_no"], row["judged_by"]) for row in csv.DictReader(file)] == [(APPROVAL, "张")]
    assert call("audit", "replay", "--run", out).returncode == 0
