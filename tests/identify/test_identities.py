"""`identities.csv`: no household is named for certain by what is another's, no row of a paper is left out, and order tells nothing."""

from __future__ import annotations

import csv
import random
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bench.identification import Papers, decided, identities, measure

import eligibility
from eligibility.identify import identify
from eligibility.intake import read_dossier
from eligibility.rulebook import load_policy
from eligibility.simulation import simulate
from eligibility.store.database import connect

PERSONS, SEED, AS_OF = 120, 8, date(2022, 10, 31)
STYLES = ("nine", "database", "villages", "mixed")
RULES = Path(__file__).parents[2] / "rules" / "km-reform"
REFERRING = ("payouts", "title_certificates", "contract_ledger")


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path, Papers]]:
    folder, made = tmp_path_factory.mktemp("identities"), {}
    for style in STYLES:
        dossier, out = folder / style, folder / f"{style}.out"
        simulate(dossier, persons=PERSONS, seed=SEED, style=style)
        made[style] = (dossier, out, decided(dossier, out))
    return made


@pytest.mark.parametrize("style", STYLES[1:])
def test_no_row_is_certainly_of_a_household_that_is_another(runs: dict[str, Any], style: str) -> None:
    found = measure(runs["nine"][2], runs[style][2])
    assert found.wrong == []
    assert found.right > 0.8 * found.rows


@pytest.mark.parametrize("style", STYLES)
def test_every_row_of_a_paper_is_in_the_table(runs: dict[str, Any], style: str) -> None:
    told = Counter[tuple[str, str, str]]()
    for row in identities(runs[style][1]):
        told[row["table"], row["file"], row["sheet"]] += int(row["rows"])
    with eligibility.open_run(runs[style][1]) as run:
        where = {row[0]: (row[1], row[2], row[3] or "") for row in run.table("paper.sources").fetchall()}
        there = Counter[tuple[str, str, str]]()
        for table in ("persons", *REFERRING):
            there.update(where[source] for (source,) in run.table(f"paper.{table}").project("source").fetchall())
    assert {place: count for place, count in there.items() if told[place] < count} == {}


@pytest.mark.parametrize("style", STYLES)
def test_no_whole_resident_id_is_shown_as_a_name(runs: dict[str, Any], style: str) -> None:
    with eligibility.open_run(runs[style][1]) as run:
        ids = {number for (number,) in run.table("paper.persons").project("resident_id").fetchall()}
    assert ids.isdisjoint(row["value"] for row in identities(runs[style][1]))


def test_a_household_is_known_by_its_head_its_certificate_and_its_payee(runs: dict[str, Any]) -> None:
    rows = [row for row in identities(runs["villages"][1]) if row["certainty"] == "certain"]
    named = {row["household_id"]: row["head"] for row in rows if row["named_by"] == "running_number"}
    assert all(named.values())
    paid = [row for row in rows if row["named_by"] == "payee_name"]
    assert paid
    assert [row for row in paid if row["value"] != row["head"]] == []
    assert {row["named_by"] for row in rows} >= {"running_number", "certificate_number", "payee_name"}


def table_of(folder: Path) -> list[tuple[Any, ...]]:
    """The table of identities of a dossier."""
    with connect() as con:
        read_dossier(folder, con)
        identify(con, load_policy(RULES, as_of=AS_OF))
        return con.execute("FROM place.identities").fetchall()


def without_rows(table: list[tuple[Any, ...]]) -> list[str]:
    """The table without the first row in which something stands."""
    return [repr((*row[:9], *row[10:])) for row in table]


def spoilt(folder: Path, to: Path, chance: random.Random) -> dict[str, str]:
    """Copy nine tables, with some numbers on rolls written otherwise or wrongly; written number → what befell it."""
    to.mkdir()
    befell: dict[str, str] = {}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file)
        if path.stem == "payouts":
            for row in rows:
                kind = chance.choice(("as it is", "as it is", "slip", "unknown", "spelling"))
                number = row[header.index("户号")]
                written = {
                    "slip": f"{number}7",
                    "unknown": f"无此户{chr(0x4E00 + len(befell))}",
                    "spelling": number.lower(),
                }.get(kind)
                if written:
                    befell[written] = kind
                    row[header.index("户号")] = written
        with (to / path.name).open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows((header, *rows))
    return befell


def test_a_wrong_number_names_nobody_for_certain_and_another_spelling_does(
    runs: dict[str, Any], tmp_path: Path
) -> None:
    befell = spoilt(runs["nine"][0], tmp_path / "spoilt", random.Random(5))
    assert {"slip", "unknown", "spelling"} <= set(befell.values())
    of = {written: [row for row in table_of(tmp_path / "spoilt") if row[5] == written] for written in befell}
    for written, kind in befell.items():
        certain = {(row[0], row[4]) for row in of[written] if row[12] == "certain"}
        if kind == "spelling":
            assert certain == {(written.upper(), "alias")}
        else:
            assert certain == set()
            meant = {row[0] for row in of[written] if row[12] == "possible"}
            assert kind == "unknown" or written.removesuffix("7") in meant
            assert kind == "slip" or {(row[0], row[12]) for row in of[written]} == {(None, "nobody")}


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_in_a_file_tells_nothing(runs: dict[str, Any], tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    spoilt(runs["nine"][0], tmp_path / "one", chance)
    (tmp_path / "other").mkdir()
    for path in (tmp_path / "one").glob("*.csv"):
        header, *lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
        if path.stem in REFERRING:
            chance.shuffle(lines)
        (tmp_path / "other" / path.name).write_text("".join((header, *lines)), encoding="utf-8-sig")
    assert without_rows(table_of(tmp_path / "one")) == without_rows(table_of(tmp_path / "other"))
