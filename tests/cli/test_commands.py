"""The commands as a person runs them: what is written, what is said, and the exit status."""

from __future__ import annotations

import csv
import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.paper_folder import RULES, resident_id, whole_loss

COMMAND = [sys.executable, str(RULES.parents[1] / "cli.py")]
FILES = [
    "coverage.csv", "decisions.csv", "decisions.parquet", "decisions.xlsx", "links.csv", "manifest.json", "profiles.parquet",
    "quarantine.csv", "report.html", "review_queue.xlsx",
]  # fmt: skip


def call(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *map(str, words)], capture_output=True, text=True, check=False)


def decide(dossier: Path, out: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return call("run", dossier, "--rules", RULES, "--as-of", "2022-10-31", "--out", out, *more)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("finished")
    done = decide(whole_loss().write(folder / "in"), folder / "out")
    assert done.returncode == 0, done.stderr
    assert "符合" in done.stdout
    return folder


def test_every_file_of_the_contract_is_written(finished: Path) -> None:
    assert set(FILES) <= {path.name for path in (finished / "out").iterdir()}
    assert not [path for path in finished.iterdir() if "partial" in path.name]


def test_nothing_passing_is_left_in_the_results(finished: Path) -> None:
    assert [path.name for path in (finished / "out").iterdir() if path.name.startswith(".")] == []


def test_decisions_csv_is_one_row_a_person_in_order(finished: Path) -> None:
    text = (finished / "out" / "decisions.csv").read_bytes()
    assert text.startswith("\ufeff".encode())
    rows = list(csv.DictReader(text.decode("utf-8-sig").splitlines()))
    assert [(row["resident_id"], row["outcome"]) for row in rows] == [
        (resident_id(1), "eligible"),
        (resident_id(2), "not_eligible"),
    ]
    assert list(rows[0]) == [
        "resident_id", "name", "household_id", "street", "community", "group", "outcome", "regime", "reasons",
        "clauses_refuted", "clauses_open", "missing_evidence", "settled_by", "assumed_parameters", "profile_id",
    ]  # fmt: skip


def test_the_manifest_accounts_for_every_row(finished: Path) -> None:
    manifest = json.loads((finished / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["rows"]["persons"] == {"in": 2, "kept": 2, "quarantined": 0}
    assert manifest["outcomes"] == {"eligible": 1, "not_eligible": 1, "register": 0, "manual_review": 0}
    assert manifest["second_evaluator"]["agree"] == manifest["second_evaluator"]["of"] > 0
    assert {one["table"] for one in manifest["inputs"]} >= {"persons", "agreements"}


def test_the_manifest_counts_the_rows_of_each_file(tmp_path: Path) -> None:
    dossier = whole_loss().write(tmp_path / "in")
    head, *rows = (dossier / "persons.csv").read_text(encoding="utf-8").splitlines()
    (dossier / "persons.csv").unlink()
    for street, part in (("东", rows[:1]), ("西", [*rows[1:], rows[1]])):
        (dossier / f"persons-{street}.csv").write_text("\n".join([head, *part, ""]), encoding="utf-8")
    assert decide(dossier, tmp_path / "out").returncode == 0
    inputs = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    assert {one["file"]: one["rows"] for one in inputs if one["table"] == "persons"} == {
        "persons-东.csv": 1,
        "persons-西.csv": 2,
    }


def test_the_same_papers_give_the_same_bytes(finished: Path) -> None:
    again = decide(finished / "in", finished / "again")
    assert again.returncode == 0
    for name in FILES:
        if name not in {"manifest.json", "report.html"}:
            assert (finished / "out" / name).read_bytes() == (finished / "again" / name).read_bytes(), name


def test_explain_names_the_paper_and_masks_the_id(finished: Path) -> None:
    told = call("explain", resident_id(1), "--run", finished / "out")
    assert told.returncode == 0
    assert "payouts.csv 第2行" in told.stdout.replace("\n", "")
    assert resident_id(1) not in told.stdout
    asked = json.loads(call("explain", resident_id(2), "--run", finished / "out", "--json").stdout)
    assert asked["outcome"] == "not_eligible"
    assert {c["id"]: c["mark"] for c in asked["clauses"]}["most_land_lost"] == "refuted"


def test_explain_of_nobody_says_so(finished: Path) -> None:
    told = call("explain", resident_id(99), "--run", finished / "out")
    assert (told.returncode, "person_unknown" in told.stderr) == (2, True)


def test_check_decides_the_template_it_prints(tmp_path: Path) -> None:
    template = call("check", "--rules", RULES, "--as-of", "2022-10-31", "--example")
    case = tmp_path / "case.yaml"
    case.write_text(template.stdout.replace("批准日在册: 不详", "批准日在册: 否"), encoding="utf-8")
    told = call("check", case, "--rules", RULES, "--as-of", "2022-10-31")
    assert told.returncode == 0, told.stderr
    assert "结论：不符合" in told.stdout


def unusable(tmp_path: Path, name: str) -> tuple[Path, Path, str]:
    """A dossier, a rulebook and a day, one of them unusable."""
    papers = whole_loss()
    dossier = tmp_path / "in"
    rules, day = RULES, "2022-10-31"
    match name:
        case "missing folder":
            return tmp_path / "nowhere", rules, day
        case "empty table":
            papers.write(dossier)
            (dossier / "persons.csv").write_text("身份证号,姓名\n", encoding="utf-8")
        case "missing column":
            for row in papers.tables["persons"]:
                del row["household_id"]
            papers.write(dossier)
        case "wrong header":
            papers.tables["persons"] = [{"甲": "1", "乙": "2"}]
            papers.write(dossier)
        case "broken workbook":
            del papers.tables["groups"]
            papers.write(dossier)
            (dossier / "groups.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
        case "two kinds":
            papers.write(dossier)
            (dossier / "persons.xlsx").write_bytes(b"")
        case "unknown rulebook":
            return papers.write(dossier), RULES.parent / "km-reformed", day
        case "missing parameter":
            rules = Path(shutil.copytree(RULES.parent, tmp_path / "rules")) / "km-reform"
            (rules / "parameters" / "special_works_words.yaml").unlink()
            text = (rules / "conditions.yaml").read_text(encoding="utf-8")
            text = text.replace("  rests_on:\n    - {parameter: special_works_words, mark: proven}\n", "")
            (rules / "conditions.yaml").write_text(text, encoding="utf-8")
            papers.write(dossier)
        case "too early":
            return papers.write(dossier), rules, "2018-12-31"
    return dossier, rules, day


@pytest.mark.parametrize(
    "name",
    ["missing folder", "empty table", "missing column", "wrong header", "broken workbook", "two kinds", "unknown rulebook",
     "missing parameter", "too early"],
)  # fmt: skip
def test_unusable_input_is_one_clear_message_and_exit_2(name: str, tmp_path: Path) -> None:
    dossier, rules, day = unusable(tmp_path, name)
    done = call("run", dossier, "--rules", rules, "--as-of", day, "--out", tmp_path / "out")
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stderr.startswith("[")
    assert "→" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
    assert not [path for path in tmp_path.iterdir() if "partial" in path.name]


def test_a_folder_that_is_no_run_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("keep", encoding="utf-8")
    done = decide(whole_loss().write(tmp_path / "in"), tmp_path / "out")
    assert (done.returncode, "out_in_use" in done.stderr) == (2, True)
    assert (tmp_path / "out" / "mine.txt").read_text(encoding="utf-8") == "keep"


def test_english_on_request(tmp_path: Path) -> None:
    done = call(
        "--lang", "en", "run", tmp_path / "no", "--rules", RULES, "--as-of", "2022-10-31", "--out", tmp_path / "o"
    )
    assert done.returncode == 2
    assert not any("\u4e00" <= mark <= "\u9fff" for mark in done.stderr)


def test_ctrl_c_leaves_nothing_half_written(tmp_path: Path) -> None:
    dossier = tmp_path / "in"
    assert call("simulate", "--persons", "20000", "--out", dossier).returncode == 0
    words = ["run", dossier, "--rules", RULES, "--as-of", "2022-10-31", "--out", tmp_path / "out"]
    running = subprocess.Popen([*COMMAND, *map(str, words)], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    while not [path for path in tmp_path.iterdir() if "partial" in path.name]:
        assert running.poll() is None
        time.sleep(0.02)
    time.sleep(0.5)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate()
    assert (running.returncode, "已中断" in said) == (130, True), said
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_limit_of_memory_that_does_not_suffice_is_said_with_its_remedy(tmp_path: Path) -> None:
    dossier = whole_loss().write(tmp_path / "in")
    done = decide(dossier, tmp_path / "out", "--memory", "1MB", "--spill", str(tmp_path / "spill"))
    assert done.returncode == 2
    assert "[memory_too_small] --memory 1MB" in done.stderr
    assert "--spill" in done.stderr
    assert not (tmp_path / "out").exists()
    assert list((tmp_path / "spill").iterdir()) == []


def test_a_limit_of_memory_changes_nothing_that_is_written(tmp_path: Path, finished: Path) -> None:
    done = decide(finished / "in", tmp_path / "out", "--memory", "512MB", "--spill", str(tmp_path / "spill"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "decisions.csv").read_bytes() == (finished / "out" / "decisions.csv").read_bytes()
    assert list((tmp_path / "spill").iterdir()) == []


@pytest.mark.parametrize("size", ["4", "much", "-1GB"])
def test_a_limit_that_is_no_size_is_refused(tmp_path: Path, size: str) -> None:
    done = decide(whole_loss().write(tmp_path / "in"), tmp_path / "out", f"--memory={size}")
    assert (done.returncode, (tmp_path / "out").exists()) == (2, False)
    assert "4GB" in done.stderr
