"""How each type of cell is read: the fields that a text gives, and the issue when it gives none."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from eligibility.intake.cells.spoken import spoken_area, spoken_money
from eligibility.intake.files.units import UNITS_DIFFER
from eligibility.model import days, document_number, names, quantity, resident_id
from eligibility.model.tables import UNITS, CellType, Column, Word

Parsed = tuple[object, ...]
"""The fields of a reading and, last, the issue ("" when there is none)."""

UNIT_MARK = "\x1f"
"""Stands between an area (or an amount) and the unit of its row or sheet, which are read together."""
COUNTED_FROM_1904 = "（1904日期系统）"
"""Stands behind a bare serial number of a day in a workbook that counts from 1904: it may be meant either way."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A type of cell. `fields` are name and SQL type; `fast` names the SQL that reads the regular forms ("": none).

    `irregular` names the SQL of the texts that are to be read where a regular one says by itself what it means ("": all are).
    """

    fields: tuple[tuple[str, str], ...]
    parse: Callable[[str], Parsed]
    fast: str = ""
    irregular: str = ""


_YES = frozenset({"是", "true", "1", "y", "yes", "有", "√", "✓", "✔", "☑", "对"})
_NO = frozenset({"否", "false", "0", "n", "no", "无", "没有", "×", "x", "✕", "✗", "✘", "✖", "╳", "不是"})
_LOST_DIGITS = re.compile(r"[0-9](\.[0-9]+)?[eE]\+[0-9]{2,}")
_ZEROED = re.compile(r"[0-9]{15}0{3,5}")
"""What a spreadsheet shows of 18 to 20 digits stored as a number: all but the first fifteen are gone."""
_STOPS = "。.!;,、"
"""A stop behind a word of a list means nothing."""
_DAY_FIRST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2(?:[0-9]{1,2}|[0-9]{4})")
_AREA_FIELDS = (("umu", "BIGINT"), ("half", "BIGINT"))


def reading_of(column: Column) -> Reading | None:
    """How the cells of a column are read; None where the text itself is the value."""
    match column.type:
        case CellType.TEXT | CellType.DISPUTE:
            return None
        case CellType.CHOICE:
            return Reading((("key", "VARCHAR"),), _choice(column.words))
        case CellType.DAY:
            # that something never happened can be said only where a blank may say so, and of the end of a contract
            may_never = column.blank_means_no or column.key == "contract_to"
            return Reading((("lo", "DATE"), ("hi", "DATE")), _day if may_never else _day_that_was, "cells/read_day")
    return _FIXED[column.type]


def _resident_id(text: str) -> Parsed:
    number = resident_id.normal_form(text.rstrip("'’"))
    if number is None:
        lost = _LOST_DIGITS.fullmatch(text) or _ZEROED.fullmatch(text)
        return resident_id.known_as(text.rstrip("'’")), False, None, "digits_lost" if lost else "identity_invalid"
    return number, True, resident_id.birth_date(number), ""


def _reference(text: str) -> Parsed:
    number = names.squeeze(text)
    lost = _LOST_DIGITS.fullmatch(number) or _ZEROED.fullmatch(number)
    return (None, "digits_lost") if lost else (number, "")


def _day(text: str) -> Parsed:
    found = days.parse_day(text)
    return (*found, "") if found else (None, None, _why_no_day(text))


def _day_that_was(text: str) -> Parsed:
    found = days.parse_day(text)
    return (*found, "") if found and found != days.NEVER else (None, None, _why_no_day(text))


def _why_no_day(text: str) -> str:
    if text.endswith(COUNTED_FROM_1904):
        return "two_epochs"
    if days.is_first_of_spreadsheet(text):
        return "first_days"
    return "two_days" if _DAY_FIRST.fullmatch(names.squeeze(text)) else "bad_date"


def _area(text: str, unit: str = "mu") -> Parsed:
    area = quantity.parse_area(text, unit) or spoken_area(text)
    if area is None:
        return None, None, "bad_number"
    if area.umu < 0:
        return None, None, "negative"
    return area.umu, area.half_umu, "unit_conflict" if area.unit not in ("", unit) else ""


def _area_of_sheet(text: str) -> Parsed:
    """An area in 亩, or in the unit that its sheet states behind the mark."""
    cell, _, unit = text.partition(UNIT_MARK)
    if unit in ("", *quantity.MICRO_MU):
        return _area(cell, unit or "mu")
    area = quantity.parse_area(cell) if unit == UNITS_DIFFER else None
    return _area(cell, area.unit) if area and area.unit else (None, None, "units_differ")


def _area_in_unit(text: str) -> Parsed:
    cell, _, unit_cell = text.rpartition(UNIT_MARK)
    if unit_cell == UNITS_DIFFER:
        return _area_of_sheet(text)
    unit = _UNIT(unit_cell)[0]
    # a unit that cannot be read is an issue of its own column, and leaves the row out there
    return _area(cell, str(unit)) if unit else (None, None, "" if _area(cell)[0] is not None else "bad_number")


def _money(text: str) -> Parsed:
    cell, _, unit = text.partition(UNIT_MARK)
    known = unit or "yuan" if unit in ("", *quantity.MONEY_UNITS) else ""
    fen = quantity.parse_money(cell, known) if known else None
    fen = spoken_money(cell) if fen is None else fen
    return fen, "" if fen is not None else "units_differ" if unit == UNITS_DIFFER else "bad_number"


def _count(text: str) -> Parsed:
    count = quantity.parse_count(text)
    return count, "" if count is not None else "bad_number"


def _truth(text: str) -> Parsed:
    word = names.squeeze(text).lower().removesuffix(".0").rstrip(_STOPS)
    return (word in _YES, "") if word in _YES | _NO else (None, "bad_enum")


def _choice(words: tuple[Word, ...]) -> Callable[[str], Parsed]:
    keys = {names.squeeze(form).lower(): word.key for word in words for form in (word.key, word.zh, *word.also)}

    def parse(text: str) -> Parsed:
        word = names.squeeze(text).lower()
        key = keys.get(word) or keys.get(word.rstrip(_STOPS))
        return key, "" if key else "bad_enum"

    return parse


_UNIT = _choice(UNITS)
_KEY = (("key", "VARCHAR"),)
_FIXED: dict[CellType, Reading] = {
    CellType.RESIDENT_ID: Reading(
        (("id", "VARCHAR"), ("valid", "BOOLEAN"), ("born", "DATE")),
        _resident_id,
        irregular="cells/irregular_resident_ids",
    ),
    CellType.REFERENCE: Reading(_KEY, _reference, "cells/read_reference"),
    CellType.APPROVAL_NO: Reading(_KEY, lambda text: (document_number.normal_form(text), "")),
    CellType.PLACE: Reading(_KEY, lambda text: (names.place_key(text), "")),
    CellType.GROUP: Reading(_KEY, lambda text: (names.group_key(text), "")),
    CellType.GROUPS: Reading((("keys", "VARCHAR[]"),), lambda text: (list(names.split_groups(text)), "")),
    CellType.AREA_MU: Reading(_AREA_FIELDS, _area_of_sheet, "cells/read_area"),
    CellType.AREA_IN_UNIT: Reading(_AREA_FIELDS, _area_in_unit),
    CellType.MONEY: Reading((("fen", "BIGINT"),), _money, "cells/read_money"),
    CellType.COUNT: Reading((("count", "BIGINT"),), _count),
    CellType.TRUTH: Reading((("truth", "BOOLEAN"),), _truth),
}
