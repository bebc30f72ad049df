"""Headers of one form are one header: of spellings taken out of the data most are taken, none wrongly, none that is to be asked."""

from __future__ import annotations

import csv
from pathlib import Path

from bench.headers import held_back

from eligibility.sources import form_of, shipped
from eligibility.sources.composed import by_form
from eligibility.sources.spelling import fold


def test_of_spellings_taken_out_three_in_four_are_taken_and_none_wrongly_nor_one_with_several_meanings() -> None:
    with (Path(__file__).parent / "spellings.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    third = {fold(row["spelling"]) for row in rows if row["meaning"] == "one" and held_back(row["spelling"])}
    taken, of = 0, 0
    for row in rows:
        kind = f"table_{row['table']}"
        listed = {word: key for word, key in shipped().listed[kind].items() if word not in third}
        found = by_form(listed, shipped().asked[kind]).get(form_of(row["spelling"]))
        if row["meaning"] == "several":
            assert found is None, row
        elif fold(row["spelling"]) in third:
            assert found in (None, row["column"]), row
            taken, of = taken + (found is not None), of + 1
    assert of > 60
    assert taken / of >= 0.75
