"""The files: the same bytes for the same seed, nothing half-written, every kind of table file."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from simulate_papers import Papers

from eligibility.model.diagnostic import InputError
from eligibility.model.tables import TABLES
from eligibility.simulation import Rates, simulate

PROGRAM = (
    "import sys; from pathlib import Path; from eligibility.simulation import simulate;"
    "simulate(Path(sys.argv[1]), persons=500, seed=11, format=sys.argv[2])"
)


def _digest(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_same_seed_same_bytes_under_any_hash_seed(tmp_path: Path, form: str) -> None:
    for hash_seed in ("0", "4711"):
        env = {**os.environ, "PYTHONHASHSEED": hash_seed}
        subprocess.run([sys.executable, "-c", PROGRAM, str(tmp_path / hash_seed), form], env=env, check=True)
    assert _digest(tmp_path / "0") == _digest(tmp_path / "4711")
    assert len(_digest(tmp_path / "0")) == len(TABLES) + 5


def test_another_seed_makes_another_district(tmp_path: Path) -> None:
    for seed in (1, 2):
        simulate(tmp_path / str(seed), persons=100, seed=seed)
    assert _digest(tmp_path / "1")["persons.csv"] != _digest(tmp_path / "2")["persons.csv"]


def test_summary_counts_the_rows_that_stand_in_the_files(tmp_path: Path) -> None:
    summary = simulate(tmp_path / "d", persons=500, seed=1)
    papers = Papers(tmp_path / "d")
    assert {table.key: len(getattr(papers, table.key)) for table in TABLES} == {
        table.key: summary.rows[table.key] for table in TABLES
    }
    assert sum(summary.outcomes.values()) == summary.persons == len(papers.true_persons) == 500
    told = json.loads((tmp_path / "d" / "truth" / "district.json").read_text(encoding="utf-8"))
    assert (told["seed"], told["persons"], told["rates"]["lease"]) == (1, 500, Rates().lease)


def test_gb18030_says_the_same_as_utf8(tmp_path: Path) -> None:
    simulate(tmp_path / "u", persons=300, seed=1)
    simulate(tmp_path / "g", persons=300, seed=1, encoding="gb18030")
    assert Papers(tmp_path / "g", "gb18030").persons == Papers(tmp_path / "u").persons
    assert (tmp_path / "u" / "persons.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_workbooks_hold_the_same_persons_below_a_title(tmp_path: Path) -> None:
    simulate(tmp_path / "x", persons=200, seed=1, format="xlsx", rates=Rates.none())
    simulate(tmp_path / "c", persons=200, seed=1, rates=Rates.none())
    sheet = openpyxl.load_workbook(tmp_path / "x" / "persons.xlsx")["人员名册"]
    title, header, *rows = list(sheet.iter_rows(values_only=True))
    assert title[0] == "呈贡区人员名册"
    assert [row[header.index("身份证号")] for row in rows] == [
        row["resident_id"] for row in Papers(tmp_path / "c").persons
    ]


def test_a_folder_that_holds_anything_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "persons.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="不予覆盖"):
        simulate(tmp_path, persons=10, seed=1)
    assert (tmp_path / "persons.csv").read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    simulate(tmp_path / "d", persons=10, seed=1)
    assert (tmp_path / "d" / "persons.csv").exists()


def test_a_run_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    def stop(stage: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(tmp_path / "d", persons=500, seed=1, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_progress_counts_up_to_its_total(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    simulate(tmp_path / "d", persons=4000, seed=1, progress=lambda _, done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == list(range(1, seen[0][1] + 1))


@pytest.mark.parametrize(
    "wrong", [{"persons": 0}, {"format": "ods"}, {"encoding": "big5"}, {"persons": 900_000, "format": "xlsx"}]
)
def test_what_cannot_be_made_is_said_at_once(tmp_path: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(InputError):
        simulate(tmp_path / "d", **({"persons": 10, "seed": 1} | wrong))
    assert not (tmp_path / "d").exists()
