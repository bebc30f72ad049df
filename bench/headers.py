"""How many headers of real papers are understood: all of them, a third that is held back, and spellings nobody listed.

`python -m bench.headers` prints the table of docs/sources.md. The third is fixed by a hash of the header. "Not listed": every
word of the data that equals a header of the third is taken out first, so that only likeness can find its meaning.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from eligibility.sources import Catalogue, SheetRows, propose, shipped
from eligibility.sources.columns import meanings
from eligibility.sources.kind import Kind
from eligibility.sources.spelling import fold

SAMPLE = Path(__file__).parents[1] / "tests" / "sources" / "headers.tsv"


class Listed(NamedTuple):
    """One header of the sample: the kind of its paper, its meaning, whether it is a column of ours, and its source."""

    kind: str
    meaning: str
    ours: bool
    header: str
    source: str


def sample() -> list[Listed]:
    """Every header of the sample."""
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Listed(row["kind"], row["meaning"], row["ours"] == "yes", row["header"], row["source"]) for row in rows]


def held_back(header: str) -> bool:
    """Whether a header belongs to the third by which the method is measured."""
    return int(hashlib.sha256(fold(header).encode()).hexdigest()[:8], 16) % 3 == 0


def papers() -> Iterator[list[Listed]]:
    """The headers of each paper of the sample; field codes and Chinese headers stand on two papers."""
    for _, rows in groupby(sample(), key=lambda one: (one.kind, one.source)):
        found = list(rows)
        for ascii_only in (True, False):
            one = [listed for listed in found if listed.header.isascii() is ascii_only]
            if one:
                yield one


def without(catalogue: Catalogue, words: set[str]) -> Catalogue:
    """The catalogue as if nobody had listed these headers, folded."""

    def kept(listed: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        return {key: tuple(word for word in spelt if fold(word) not in words) for key, spelt in listed.items()}

    kinds: dict[str, Kind] = {
        name: kind.model_copy(update={"words": kept(dict(kind.words)), "asked": kept(dict(kind.asked))})
        for name, kind in catalogue.kinds.items()
    }
    return Catalogue(kinds, kept(dict(catalogue.meanings)))


def measure(catalogue: Catalogue, wanted: Callable[[str], bool]) -> Counter[str]:
    """Counts over the headers that are wanted: right, wrong, left open; of ours and of the others."""
    told: Counter[str] = Counter()
    for paper in papers():
        of = catalogue.table_of(paper[0].kind)
        columns = {column.key for column in of.columns} if of else set[str]()
        found = meanings(catalogue, paper[0].kind, [tuple(one.header.split("/")) for one in paper])
        for one, proposed in zip(paper, found, strict=True):
            if not wanted(one.header):
                continue
            group = "ours" if one.ours else "others"
            right = proposed.meaning == one.meaning
            told[f"{group}_all"] += 1
            told[f"{group}_right"] += right
            told[f"{group}_open"] += proposed.meaning == ""
            told["taken_wrongly"] += not right and proposed.sure and proposed.meaning in columns
            told["proposed_wrongly"] += not right and proposed.meaning in columns
    return told


def kinds_right(catalogue: Catalogue) -> tuple[int, int]:
    """Papers whose kind is recognised by their headers alone, and all."""
    right = [_kind_of(paper, catalogue) == paper[0].kind for paper in papers()]
    return sum(right), len(right)


def _kind_of(paper: list[Listed], catalogue: Catalogue) -> str:
    levels = [one.header.split("/") for one in paper]
    deepest = max(map(len, levels))
    rows = [(row + 1, [one[row] if row < len(one) else "" for one in levels]) for row in range(deepest)]
    return propose(SheetRows("表.xlsx", "Sheet1", rows), catalogue).kind


def main() -> None:
    """Print the figures."""
    catalogue = shipped()
    third = {fold(one.header) for one in sample() if held_back(one.header)}
    unlisted = without(catalogue, third)
    print("| headers | of ours right | others right | others left open | taken wrongly | proposed wrongly for ours |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, told in (
        ("all, as listed", measure(catalogue, lambda _: True)),
        ("the third, nobody having listed them", measure(unlisted, held_back)),
    ):
        ours = f"{told['ours_right']} of {told['ours_all']}"
        others = f"{told['others_right']} of {told['others_all']}"
        print(
            f"| {name} | {ours} | {others} | {told['others_open']} | {told['taken_wrongly']} | {told['proposed_wrongly']} |"
        )
    print("\nkinds by headers alone: {} of {} papers".format(*kinds_right(catalogue)))
    print("without the third: {} of {} papers".format(*kinds_right(unlisted)))


if __name__ == "__main__":
    main()
