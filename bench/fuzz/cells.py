"""Invented texts through the parser of every typed column: as many values as fields, of the types of the table, or an issue."""

from __future__ import annotations

from random import Random

from bench.fuzz.spoil import HOSTILE
from eligibility.intake.cells.read import _parsed
from eligibility.intake.cells.readings import reading_of
from eligibility.model.tables import TABLES

MARKS = "0123456789.,-+/:'eE亩分厘毫公顷㎡平方米元万亿点零一二三四五六七八九〇十百千壹贰叁年月日号组第至、和〔〕（）是否无Xx\x1f #\u3000\u200b"


def cells(seed: int, texts: int) -> int:
    """Try so many texts on each typed column; how many cells were parsed. What a parser raises is raised."""
    chance, done = Random(f"cells:{seed}"), 0
    columns = {(column.type, column.key): column for table in TABLES for column in table.columns}.values()
    for column in columns:
        reading = reading_of(column)
        if reading is not None:
            told = _parsed(reading, [_text(chance) for _ in range(texts)])
            if told.num_columns != len(reading.fields) + 2:
                raise AssertionError(column.key)
            done += told.num_rows
    return done


def _text(chance: Random) -> str:
    match chance.randrange(4):
        case 0:
            return "".join(chance.choice(MARKS) for _ in range(chance.randrange(1, 20)))
        case 1:
            text = chance.choice(HOSTILE) or "0"
            at = chance.randrange(len(text))
            return text[:at] + chance.choice(MARKS) + text[at + chance.randrange(2) :]
        case 2:
            return "".join(
                chr(chance.choice((chance.randrange(1, 0xD7FF), chance.randrange(0xE000, 0x2FFFF)))) for _ in range(9)
            )
    return chance.choice(HOSTILE) + chance.choice(HOSTILE)[:50] or "0"
