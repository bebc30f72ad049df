"""`run --since`: whatever changed in the papers, the files are those of a run that knows of no earlier one."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copytree

import pytest

from eligibility.application.run import Order
from eligibility.cli.run import run_batch
from eligibility.domain.finding import Unusable
from eligibility.simulate import simulate

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules" / "km-reform"
NOW = datetime(2025, 11, 18, 8, tzinfo=UTC)
DAY = NOW.date()
Rows = list[list[str]]
OF_THE_RUN_ITSELF = {"manifest.json"}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a dossier and its run."""
    place = tmp_path_factory.mktemp("first")
    simulate(place / "papers", persons=600, seed=7)
    decide(place / "papers", place / "run")
    return place


def decide(papers: Path, out: Path, since: Path | None = None, *, rules: Path = RULES, day: date = DAY) -> dict:
    run_batch(Order(papers, rules, day, out, since=since), now=NOW, lang="zh", json=True)
    return json.loads((out / "manifest.json").read_text(encoding="utf-8"))


def files(run: Path) -> dict[str, bytes]:
    found = {path.relative_to(run).as_posix(): path for path in run.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if name not in OF_THE_RUN_ITSELF}


def rows_of(path: Path) -> Rows:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def write(path: Path, rows: Rows, encoding: str = "utf-8-sig") -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))


def edited(table: str, change: Callable[[Rows], Rows | None]) -> Callable[[Path], None]:
    def edit(papers: Path) -> None:
        rows = rows_of(papers / f"{table}.csv")
        write(papers / f"{table}.csv", change(rows) or rows)

    return edit


def cell(row: int, column: str, text: str) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        rows[row][rows[0].index(column)] = text

    return change


def total(rows: Rows) -> Rows:
    return [*rows, ["合计", *[""] * (len(rows[0]) - 1)]]


def each(*edits: Callable[[Path], None]) -> Callable[[Path], None]:
    def edit(papers: Path) -> None:
        for one in edits:
            one(papers)

    return edit


EDITS: dict[str, Callable[[Path], None]] = {
    "cells of persons": each(
        edited("persons", cell(5, "姓名", "改名人")),
        edited("persons", lambda rows: cell(15, "身份证号", rows[19][0])(rows)),
        edited("persons", lambda rows: cell(25, "户号", rows[200][2])(rows)),
        edited("persons", lambda rows: cell(35, "社区", rows[-1][rows[0].index("社区")])(rows)),
        edited("persons", cell(45, "成员起始日", "字迹不清")),
        edited("persons", cell(55, "户号", "")),
    ),
    "rows put in": edited(
        "persons",
        lambda rows: [*rows[:50], *rows[40:42], ["53019919900101001X", "新人", *rows[50][2:]], *rows[50:]],
    ),
    "rows taken out": each(
        edited("persons", lambda rows: rows[:30] + rows[60:]),
        edited("title_certificates", lambda rows: rows[:1] + rows[2:]),
    ),
    "rows in another order": each(
        edited("persons", lambda rows: [rows[0], *reversed(rows[1:])]),
        edited("agreements", lambda rows: [rows[0], *reversed(rows[1:])]),
    ),
    "columns in another order": edited("persons", lambda rows: [row[1:] + row[:1] for row in rows]),
    "a total at the end": edited("persons", total),
    "a short row": edited("persons", lambda rows: [*rows[:70], rows[70][:6], *rows[71:]]),
    "agreements and approvals": each(
        edited("agreements", cell(1, "面积", "99.9")),
        edited("agreements", lambda rows: rows[:2] + rows[3:]),
        edited("approvals", cell(1, "批准日期", "2013-01-01")),
    ),
    "a parcel of unknown community": edited("approval_parcels", cell(1, "社区", "")),
    "a line feed in a cell": edited("payouts", cell(2, "户号", "甲\n乙")),
    "another encoding": lambda papers: write(papers / "persons.csv", rows_of(papers / "persons.csv"), "gb18030"),
    "a table less": lambda papers: (papers / "confirmations.csv").unlink(),
}


@pytest.mark.parametrize("what", EDITS)
def test_the_same_bytes_as_without_an_earlier_run(first: Path, tmp_path: Path, what: str) -> None:
    copytree(first / "papers", tmp_path / "papers")
    EDITS[what](tmp_path / "papers")
    anew = _decided(tmp_path / "papers", tmp_path / "anew")
    again = _decided(tmp_path / "papers", tmp_path / "again", first / "run")
    assert again == anew


def _decided(papers: Path, out: Path, since: Path | None = None) -> dict[str, bytes]:
    decide(papers, out, since)
    return files(out)


@pytest.mark.parametrize("seed", range(2))
def test_cells_changed_at_random(first: Path, tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    copytree(first / "papers", tmp_path / "papers")
    for path in sorted((tmp_path / "papers").glob("*.csv")):
        rows = rows_of(path)
        for _ in range(len(rows) // 50 or min(1, len(rows) - 1)):
            row, other = rng.randrange(1, len(rows)), rng.randrange(1, len(rows))
            at = rng.randrange(len(rows[0]))
            rows[row][at] = rng.choice((rows[other][at], "", "同上", rows[row][at] + "0"))
        write(path, rows)
    assert _decided(tmp_path / "papers", tmp_path / "again", first / "run") == _decided(
        tmp_path / "papers", tmp_path / "anew"
    )


def test_what_did_not_change_is_not_read_again(first: Path, tmp_path: Path) -> None:
    copytree(first / "papers", tmp_path / "papers")
    EDITS["rows put in"](tmp_path / "papers")
    told = decide(tmp_path / "papers", tmp_path / "again", first / "run")
    rows = sum(one["in"] for one in told["rows"].values())
    # what something was said of is read again too
    assert 0.9 * rows < told["since"]["rows"] < rows


def test_under_other_rules_only_the_reading_stands(first: Path, tmp_path: Path) -> None:
    copytree(ROOT / "rules", tmp_path / "rules")
    line = tmp_path / "rules" / "km-reform" / "parameters" / "most_land_line.yaml"
    line.write_text(line.read_text(encoding="utf-8").replace("0.3", "0.5"), encoding="utf-8")
    changed = {"rules": tmp_path / "rules" / "km-reform"}
    told = decide(first / "papers", tmp_path / "again", first / "run", **changed)
    decide(first / "papers", tmp_path / "anew", **changed)
    assert told["since"]["rows"] > 0
    assert files(tmp_path / "again") == files(tmp_path / "anew")
    assert files(tmp_path / "again")["decisions.csv"] != files(first / "run")["decisions.csv"]


def test_as_of_another_day(first: Path, tmp_path: Path) -> None:
    day = date(2019, 6, 1)
    decide(first / "papers", tmp_path / "again", first / "run", day=day)
    decide(first / "papers", tmp_path / "anew", day=day)
    assert files(tmp_path / "again") == files(tmp_path / "anew")


def test_a_run_may_follow_itself(first: Path, tmp_path: Path) -> None:
    for name in ("run", "run.record"):
        copytree(first / name, tmp_path / name)
    told = decide(first / "papers", tmp_path / "run", tmp_path / "run")
    assert told["since"]["rows"] > 0
    assert files(tmp_path / "run") == files(first / "run")


def _untrue(run: Path) -> None:
    path = run / "papers" / "persons.parquet"
    path.write_bytes(path.read_bytes() + b"x")


def _without_papers(run: Path) -> None:
    for path in (run.parent / "run.record" / "kept").glob("*/*"):
        if path.read_bytes().startswith("\ufeff身份证号,姓名".encode()):
            path.unlink()


@pytest.mark.parametrize(("harm", "said"), [(_untrue, "后来被改动"), (_without_papers, "卷宗不全或被改动")])
def test_what_the_record_does_not_vouch_for_is_not_used(
    first: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], harm: Callable[[Path], None], said: str
) -> None:
    for name in ("run", "run.record"):
        copytree(first / name, tmp_path / name)
    harm(tmp_path / "run")
    told = decide(first / "papers", tmp_path / "again", tmp_path / "run")
    assert said in capsys.readouterr().err
    assert "since" not in told
    assert files(tmp_path / "again") == files(first / "run")


def test_another_program_is_not_followed(
    first: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eligibility.application.since.program", lambda: {"version": "0.0.9"})
    told = decide(first / "papers", tmp_path / "again", first / "run")
    assert "另一版本的程序" in capsys.readouterr().err
    assert "since" not in told


def test_a_folder_that_is_no_run_is_refused(first: Path, tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="不是已完成的结果目录"):
        decide(first / "papers", tmp_path / "again", first / "papers")
    assert not (tmp_path / "again").exists()
