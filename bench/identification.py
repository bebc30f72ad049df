"""How many rows of rolls, certificates and ledgers `identities.csv` gives to the right household, in each manner of papers.

`python -m bench.identification` prints the table of docs/sources.md. One world is written as nine tables and in three manners. The truth of a
row are the nine tables: of a line of a roll the line that stands at its place among those of the same agreement, where both have as many and
of the same amounts; of a certificate the one of its number; of a certificate with another number, and of a ledger, the rows with the same
area. Rows without such a counterpart are counted as not measured. Which household of the papers is which of the nine tables is told by the
ids of its members in `truth/persons.csv`.

The yardstick joins by the name of the head within the village group alone, and takes the first household there with a head of that name. It
is given the head's name of the true household, so that no payee who is no head speaks against it.
"""

from __future__ import annotations

import csv
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import eligibility
from eligibility.simulation import simulate

STYLES = ("database", "villages", "mixed")
WORLDS = ((300, 4), (300, 8), (700, 22), (1500, 11))
"""Persons and seed of each."""
AS_OF = date(2022, 10, 31)
TABLES = {"payouts": ("agreement_key", "amount_fen"), "title_certificates": ("certificate_no", "area_umu"),
          "contract_ledger": ("''", "area_umu")}  # fmt: skip
"""What is measured, by which number a row is found again, and by which quantity."""
_CANDIDATE = ("one_slip", "same_last_digits", "payee_is_of_it")
_PAYEE = "领款人"


class Row(NamedTuple):
    """A row of a paper: where it stands, the household it was read as, its number and quantity."""

    file: str
    sheet: str
    household: str
    number: str
    quantity: int | None


@dataclass(slots=True)
class Papers:
    """A decided dossier."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    ways: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    """Table, file, sheet, and the household or the value that stands there → certainties."""
    true: dict[str, str] = field(default_factory=dict)
    """Household of these papers → of the nine tables."""
    heads: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """Household → community, group and head, where a head is known."""


@dataclass(slots=True)
class Measured:
    """What became of the rows of a manner."""

    rows: int = 0
    certain: int = 0
    right: int = 0
    candidates: int = 0
    nobody: int = 0
    unmeasured: int = 0
    named: int = 0
    named_rows: int = 0
    named_right: int = 0
    wrong: list[Row] = field(default_factory=list)


def decided(dossier: Path, out: Path) -> Papers:
    """Decide a dossier and read what is needed of it."""
    eligibility.run(dossier, rules="km-reform", as_of=AS_OF, out=out)
    found = Papers()
    with eligibility.open_run(out) as run:
        sources = {row[0]: (row[2], row[3] or "") for row in run.table("paper.sources").fetchall()}
        for table, (number, quantity) in TABLES.items():
            kept = run.table(f"paper.{table}").filter("state = 'kept' AND household_id IS NOT NULL").order("row_id")
            told = kept.project(f"source, household_id, {number}, {quantity}").fetchall()
            found.rows[table] = [Row(*sources[one[0]], one[1], one[2] or "", one[3]) for one in told]
        members = run.table("paper.persons").filter("household_id IS NOT NULL").project("resident_id, household_id")
        found.true = _true(members.fetchall(), dossier / "truth" / "persons.csv")
    for row in identities(out):
        at = (row["table"], row["file"], row["sheet"])
        if row["evidence"] not in _CANDIDATE:
            found.ways[*at, row["household_id"]].add(row["certainty"])
        if row["certainty"] != "certain":
            found.ways[*at, row["value"]].add(row["certainty"])
        if row["head"]:
            found.heads[row["household_id"]] = (row["community"], row["group"], row["head"])
    return found


def identities(out: Path) -> list[dict[str, str]]:
    """The rows of `identities.csv` of a run."""
    with (out / "identities.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _true(members: Sequence[tuple[Any, ...]], truth: Path) -> dict[str, str]:
    with truth.open(encoding="utf-8-sig", newline="") as file:
        home = {row["written_as"]: row["household_id"] for row in csv.DictReader(file)}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for resident_id, household in members:
        if resident_id in home:
            votes[household][home[resident_id]] += 1
    return {household: count.most_common(1)[0][0] for household, count in votes.items()}


def truths(table: str, nine: Papers, papers: Papers) -> Iterator[tuple[Row, set[str]]]:
    """Each row of the papers with the households of the nine tables that it may be of; none where that cannot be told."""
    if table == "payouts":
        theirs, ours = _by_number(nine.rows[table]), _by_number(papers.rows[table])
        for number, lines in ours.items():
            same = [one.quantity for one in lines] == [one.quantity for one in theirs.get(number, [])]
            for at, line in enumerate(lines):
                yield line, {theirs[number][at].household} if same else set()
        return
    by_number, by_area = defaultdict[str, set[str]](set), defaultdict[int | None, set[str]](set)
    for row in nine.rows[table]:
        by_area[row.quantity].add(row.household)
        if row.number:
            by_number[row.number].add(row.household)
    for row in papers.rows[table]:
        yield row, by_number.get(row.number) or (by_area.get(row.quantity, set()) if row.quantity else set())


def _by_number(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.number].append(row)
    return found


def measure(nine: Papers, papers: Papers) -> Measured:
    """What became of all rows, held against the nine tables."""
    found, own = Measured(), {number: household for household, number in reversed(papers.true.items())}
    first: dict[tuple[str, str, str], str] = {}
    for household, at in papers.heads.items():
        first.setdefault(at, household)
    for table in TABLES:
        for row, true in truths(table, nine, papers):
            found.rows += 1
            ways = _ways(table, row, papers)
            if ways == {"certain"}:
                found.certain += 1
                found.unmeasured += not true
                right = papers.true.get(row.household) in true
                found.right += right
                if true and not right:
                    found.wrong.append(row)
            elif "possible" in ways:
                found.candidates += 1
            else:
                found.nobody += 1
            if len(true) == 1:
                found.named_rows += 1
                home = own.get(next(iter(true)), "")
                if home in papers.heads:
                    found.named += 1
                    found.named_right += first[papers.heads[home]] == home
    return found


def _ways(table: str, row: Row, papers: Papers) -> set[str]:
    at = (table, row.file, row.sheet)
    payee = row.household.removeprefix(_PAYEE)
    known = papers.ways.get((*at, row.household), set()) | papers.ways.get((*at, payee), set())
    return known or papers.ways.get((*at, f"{payee[:4]}{'*' * (len(payee) - 8)}{payee[-4:]}"), set())


def main() -> None:
    """Print the table."""
    print(
        "| `--persons`, `--seed` | manner | rows | certain | of these right | candidates | nobody | not measured | by name: joined | right |"
    )
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as made:
        for persons, seed in WORLDS:
            found = {}
            for style in ("nine", *STYLES):
                folder = Path(made) / f"{style}_{persons}_{seed}"
                simulate(folder, persons=persons, seed=seed, style=style)
                found[style] = decided(folder, folder.with_suffix(".out"))
            for style in STYLES:
                one = measure(found["nine"], found[style])
                print(_line(f"{persons}, {seed}", style, one), flush=True)
                for row in one.wrong:
                    print(f"  wrong: {row}", flush=True)


def _line(world: str, style: str, one: Measured) -> str:
    measured = one.certain - one.unmeasured
    cells = (
        *(world, style, str(one.rows), f"{one.certain / one.rows:.1%}", f"{one.right / measured:.3f}"),
        *(f"{one.candidates / one.rows:.1%}", f"{one.nobody / one.rows:.1%}", str(one.unmeasured)),
        *(f"{one.named / max(1, one.named_rows):.1%}", f"{one.named_right / max(1, one.named):.3f}"),
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
