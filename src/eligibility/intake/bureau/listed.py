"""Rows of lists and registers with which a roster is compared: who is on them, with what, and on which days.

A row becomes one or more spells: `value` holds for certain on every day d with from_hi ≤ d < to_lo, and on no day before from_lo
or from to_hi on. What a row does not say is unbounded. Nothing here decides: a roster is compared with the spells later.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from eligibility.intake.bureau.lookup import index_of
from eligibility.intake.bureau.survey import Paper
from eligibility.model import resident_id
from eligibility.model.days import NEVER, UNKNOWN, DayRange, parse_day
from eligibility.model.names import squeeze

EVER, END = UNKNOWN.lo, NEVER.hi
_LABELLED = re.compile(
    "(?:基准日|截止日期|截至日期|数据截至|数据截止|统计日期|提取日期)期?[:：]?\\s*([0-9〇零一二三四五六七八九年月日.\\-/]{6,12})"
)
_MONTH = re.compile("(?<![0-9])((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(?![0-9])")
_CHANGE = re.compile(r"(减少|增加)[(（]([^()（）]*)[)）]")
_DAY_IN_TEXT = re.compile("[0-9]{4}(?:[-./][0-9]{1,2}[-./][0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日)")
_NO = frozenset({"", "0", "否", "无", "N", "n"})
_FORMER = ("停用", "注销", "历史", "冲销")


class Spell(NamedTuple):
    """What a row says of a person, from when and until when."""

    kind: str
    value: str = ""
    since: DayRange = DayRange(EVER, EVER)
    until: DayRange = UNKNOWN


@dataclass(frozen=True, slots=True)
class Cover:
    """How far a list reaches: whether who is not on it is known not to be, for which days and places; `seen`: the day it is of.

    `seen` is the last day of which its rows surely tell; None where nothing says it.
    """

    complete: bool = False
    first: date | None = None
    last: date | None = None
    seen: date | None = None
    area: str = ""


class Row(NamedTuple):
    """A row of a list: where it stands, whose it is, and what it says; `lost`: it may be anybody's, or cannot be used."""

    row: int
    resident_id: str
    valid: bool
    name: str
    lost: bool
    spells: tuple[Spell, ...]


Cells = Mapping[str, str]
"""The cells of a row by meaning; a meaning that the sheet has no column for is absent."""


def cover_of(paper: Paper) -> Cover:
    """How far the list reaches, as the mapping, its title, a note in it or the month in its name says."""
    declared = paper.proposal.compared
    header = paper.proposal.header
    noted = {
        day for text in (*(header.titles if header else ()), *_notes(paper)) if (day := _labelled(text)) is not None
    }
    seen = noted.pop() if len(noted) == 1 else None
    if seen is None:
        months = {match.groups() for match in _MONTH.finditer(squeeze(paper.name.rpartition("/")[2]))}
        # taken in some month: what it says surely holds on the first of that month
        seen = date(int(next(iter(months))[0]), int(next(iter(months))[1]), 1) if len(months) == 1 else None
    first, last = (parse_day(declared.get(key, "")) for key in ("from", "to"))
    if last is not None and last != NEVER:
        seen = last.lo
    return Cover(
        complete=declared.get("complete", "") in ("是", "true", "True", "yes")
        and not _is_list_of_moves(index_of(paper)),
        first=first.hi if first else None,
        last=seen,
        seen=seen,
        area=declared.get("area", ""),
    )


def _labelled(text: str) -> date | None:
    match = _LABELLED.search(text)
    day = parse_day(match[1]) if match else None
    return day.lo if day is not None and day.lo == day.hi else None


def _notes(paper: Paper) -> Iterator[str]:
    """The lines of a sheet in which one cell alone is filled."""
    last = paper.proposal.header.last if paper.proposal.header else 0
    for number, cells in paper.grid().rows:
        if number > last:
            filled = [cell for cell in cells if cell.strip()]
            if len(filled) == 1:
                yield filled[0]


def rows_of(paper: Paper, compares: str, blank: Sequence[str], cover: Cover) -> Iterator[Row]:
    """Every row of a list, with what it says; a row without a readable number is lost; one that was reversed says nothing."""
    places, constants = _filled_columns(paper, blank), paper.proposal.constants
    header = paper.proposal.header
    last = header.last if header else 0
    for number, cells in paper.grid().rows:
        if number <= last:
            continue
        row = {key: cells[at].strip() if at < len(cells) else "" for key, at in places.items()}
        row = {key: "" if cell in blank else cell for key, cell in row.items()}
        row |= {key: value for key, value in constants.items() if not row.get(key)}
        written, name = squeeze(row.get("resident_id", "")), squeeze(row.get("name", ""))
        filled = sum(bool(cell.strip()) for cell in cells)
        if not written and (not name or filled < 2 or _total(cells)):
            continue
        known = resident_id.normal_form(written.strip("'’"))
        spells = tuple(_SAYS[compares](row, cover)) if known else ()
        yield Row(number, known or written, known is not None, name, known is None, spells)


_SINCE = ("moved_to_county_on", "moved_to_address_on")


def _filled_columns(paper: Paper, blank: Sequence[str]) -> dict[str, int]:
    """Where the columns stand; without those of moves in which no row has a value: nobody filled them, so a blank says nothing."""
    places = index_of(paper)
    last = paper.proposal.header.last if paper.proposal.header else 0
    empty = {key for key in _SINCE if key in places}
    for number, cells in paper.grid().rows if empty else ():
        if number > last:
            empty -= {
                key for key in empty if places[key] < len(cells) and cells[places[key]].strip() not in ("", *blank)
            }
    return {key: at for key, at in places.items() if key not in empty}


def _total(cells: Sequence[str]) -> bool:
    first = next((squeeze(cell) for cell in cells if cell.strip()), "")
    return first in ("合计", "小计", "总计", "共计")


def _day(cells: Cells, *keys: str) -> DayRange | None:
    """The day in the first of these cells that is filled: None where none is, any day where it cannot be read."""
    for key in keys:
        if cells.get(key):
            found = parse_day(cells[key])
            return UNKNOWN if found is None or found == NEVER else found
    return None


def _on_list(kind: str, value: str) -> Callable[[Cells, Cover], Iterator[Spell]]:
    def says(cells: Cells, _: Cover) -> Iterator[Spell]:
        left = _day(cells, "left_on", "released_on", "stopped_on")
        yield Spell(kind, "" if left is not None else value)

    return says


def _pension(cells: Cells, _: Cover) -> Iterator[Spell]:
    left = _day(cells, "stopped_on")
    drawing = _day(cells, "retired_on") is not None
    yield Spell("employee_pension", "" if left is not None else "drawing" if drawing else "insured")
    yield from _dead(_day(cells, "deceased_on"))


def _public_pension(cells: Cells, _: Cover) -> Iterator[Spell]:
    """Somebody of a public body, now or formerly: whether paid from the public purse on the day that counts is not known."""
    yield Spell("public_staff", "body")
    yield from _dead(_day(cells, "deceased_on"))


def _dead(day: DayRange | None) -> Iterator[Spell]:
    if day is not None:
        yield Spell("deceased_on", "", day, DayRange(END, END))


def _deceased(cells: Cells, _: Cover) -> Iterator[Spell]:
    if _is_list_of_moves(cells):
        return
    died, burnt = _day(cells, "deceased_on"), _day(cells, "cremated_on")
    if died is None and burnt is not None:
        died = DayRange(EVER, burnt.hi)  # cremated at the latest so many days after death
    yield from _dead(died if died is not None else UNKNOWN)


def _is_list_of_moves(places: Collection[str]) -> bool:
    """Whether a sheet tells of moves and not of deaths: being on it says nothing of anybody's death."""
    moves = {"moved_in_on", "moved_out_on"} & set(places)
    return bool(moves) and not {"deceased_on", "cremated_on"} & set(places)


def _student(cells: Cells, _: Cover) -> Iterator[Spell]:
    since, until = _day(cells, "enrolled_on"), _day(cells, "graduates_on")
    yield Spell("student", "", since or UNKNOWN, until or UNKNOWN)


def _residence(cells: Cells, cover: Cover) -> Iterator[Spell]:
    """Where a person is registered since when, and for how long the address bears out membership of its collective.

    A column for the move to the county (or to this address) that is blank says that there was none since birth; without the
    column nothing is known. A marriage brings somebody in who was none before; whoever moves here otherwise may have come back.
    """
    if (
        cells.get("reversed", "") not in _NO
        or cells.get("row_to")
        or any(word in cells.get("person_state", "") for word in _FORMER)
    ):
        return
    county, address = _day(cells, "moved_to_county_on"), _day(cells, "moved_to_address_on")
    latest = max((day.hi for day in (county, address) if day is not None), default=EVER)
    left = _day(cells, "moved_out_on")
    still = DayRange(cover.seen + timedelta(1), END) if cover.seen else UNKNOWN
    until = still if left is None else left
    if "moved_to_county_on" in cells:
        since = county or DayRange(EVER, EVER)
    else:
        since = DayRange(EVER, latest if "moved_to_address_on" in cells else END)
    place = _counties().get(cells.get("county_code", ""), cells.get("county_code", ""))
    yield Spell("residence", place, since, until)
    why = cells.get("moved_to_county_why", "")
    married = county is not None and any(word in why for word in ("婚", "嫁", "入赘"))
    settled = DayRange(county.lo if married and county else EVER, latest if "moved_to_address_on" in cells else END)
    yield Spell("address", cells.get("community", ""), settled, until if left is None else DayRange(left.lo, END))
    died = _day(cells, "deceased_on")
    yield from _dead(died)
    if died is None and cover.seen and not cells.get("death_kind"):
        yield Spell("alive", "", DayRange(EVER, EVER), DayRange(cover.seen + timedelta(1), END))


def _membership(cells: Cells, cover: Cover) -> Iterator[Spell]:
    """A member of a roster with one day for the whole of it: still one on that day, unless the changes say otherwise."""
    change = squeeze(cells.get("change", ""))
    parts = _CHANGE.findall(change)
    if cover.seen is None or _CHANGE.sub("", change).strip(";；,，、。") or "change" not in cells:
        return
    since, until = UNKNOWN, DayRange(cover.seen + timedelta(1), END)
    for direction, text in parts:
        days = [parse_day(day) for day in _DAY_IN_TEXT.findall(text)]
        day = days[0] if len(days) == 1 and days[0] is not None else None
        if direction == "增加":
            since = day or UNKNOWN
        elif re.search("死|亡|故|去世", text):
            yield from _dead(day or DayRange(EVER, cover.seen))
        else:
            until = day or DayRange(EVER, cover.seen + timedelta(1))
    yield Spell("member", cells.get("community", ""), since, until)


@cache
def _counties() -> dict[str, str]:
    text = files("eligibility.sources").joinpath("counties.toml").read_text(encoding="utf-8")
    return {key: str(name) for key, name in tomllib.loads(text).items()}


_SAYS: dict[str, Callable[[Cells, Cover], Iterator[Spell]]] = {
    "public_staff": _on_list("public_staff", "true"),
    "officer": _on_list("officer", "true"),
    "employee_pension": _pension,
    "imprisoned": _on_list("imprisoned", "true"),
    "student": _student,
    "deceased_on": _deceased,
    "residence": _residence,
    "membership": _membership,
    "public_pension": _public_pension,
}
