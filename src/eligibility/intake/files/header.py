"""Where the header of a sheet is, in one row or in two, and which contract column stands where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from eligibility.intake.files.around_header import with_surroundings
from eligibility.intake.files.grid import Row, column_letter
from eligibility.intake.files.layout import BETWEEN, Layout, folded
from eligibility.intake.files.near_header import Seen, lacking, nearest
from eligibility.intake.files.units import (
    UNIT_OF,
    UNITS_DIFFER,
    parted,
)
from eligibility.model.diagnostic import SourceLocation
from eligibility.model.names import squeeze
from eligibility.model.tables import Column, Table
from eligibility.sources import form_of, may_have_form, shipped

_ANOTHER_PERSON = re.compile("户主|家长|承包方代表|监护人|代理人|经办|联系人|负责人|填表")
"""Above a header: the columns are those of a person who may be another than that of the row."""


class Aside(NamedTuple):
    """A header that is not used, and why: the issue, and what the message adds to it."""

    header: str
    issue: str = "unknown_column"
    other: str = ""


def locate(head: Iterable[Row], table: Table, at: SourceLocation) -> Layout:
    """The layout by the row, or two rows, that know most headers; InputError when a required column is missing."""
    rows = list(head)
    best = _best(rows, table)
    missing = _missing(best, table)
    if best is None or missing:
        seen = Seen(rows, _unused(best) if best else [], best.twice if best else {})
        raise lacking(table, missing, at, seen)
    return best


def _best(head: Sequence[Row], table: Table) -> Layout | None:
    """The layout that knows most headers, with the rows that belong to it above and below."""
    best = max(_layouts(head, table), key=lambda layout: len(layout.places) + len(layout.twice), default=None)
    return with_surroundings(best, head, table) if best else None


def _missing(layout: Layout | None, table: Table) -> list[Column]:
    """The required columns that a sheet lacks; one unit that title or header state for the areas is as good as a column."""
    places = layout.places if layout else {}
    missing = [column for column in table.columns if column.required and column.key not in places]
    if layout and [column.key for column in missing] == ["unit"]:
        return missing if layout.units(table).get("area", UNITS_DIFFER) == UNITS_DIFFER else []
    return missing


def has_header(head: Iterable[Row], table: Table) -> bool:
    """Whether some row holds every required header of the table."""
    rows = list(head)
    return any(not _missing(with_surroundings(layout, rows, table), table) for layout in _layouts(rows, table))


def nearly_has_header(head: Iterable[Row], table: Table) -> bool:
    """Whether some row holds more than half of the required headers: a sheet of the table with a header miswritten."""
    required = {column.key for column in table.columns if column.required}
    return any(2 * len(required & layout.places.keys()) > len(required) for layout in _layouts(head, table))


def columns_known(head: Iterable[Row], table: Table) -> Iterator[frozenset[str]]:
    """For every row, or two rows, that may be the header the columns of the table that it has."""
    for layout in _layouts(head, table):
        yield frozenset((*layout.places, *layout.twice))


def aside(layout: Layout, table: Table) -> Iterator[Aside]:
    """The headers that are not used, each with the nearest word that would have been."""
    absent = [column for column in table.columns if column.key not in layout.places]
    for index, header in _unused(layout):
        if index in layout.remarks:
            yield Aside(header, "remark_column")
            continue
        word = folded(header)
        spelt = {word, parted(word)[0]}
        column = next(
            (
                one
                for one in table.columns
                if (spelt if one.type in UNIT_OF else {word}) & {*_words(one), *(squeeze(also) for also in one.also)}
            ),
            None,
        )
        if column is None:
            near = nearest(header, absent)
            yield Aside(header, "near_column", near) if near else Aside(header)
        elif index in layout.twice.get(column.key, ()):
            letters = "、".join(map(column_letter, layout.twice[column.key]))
            yield Aside(header, "ambiguous_column", letters)
        elif column.key in layout.places:
            yield Aside(header, "repeated_column", column_letter(layout.places[column.key]))
        else:
            yield Aside(header)


def printed_again(layout: Layout, row: Sequence[str]) -> bool:
    """Whether a row behind the header is one of its rows once more, as at the head of a further page."""
    cells = [cell.strip() for cell in row]
    return any(cells == [cell.strip() for cell in one] for one in layout.printed)


def _layouts(head: Iterable[Row], table: Table) -> Iterator[Layout]:
    """Every row as the header alone, then every row under the one before: of equals the first is taken."""
    rows = [(number, tuple(cells)) for number, cells in head]
    for number, cells in rows:
        yield _layout(number, cells, [(cell,) for cell in cells], (cells,), table)
    for (_, upper), (number, lower) in pairwise(rows):
        joined = _joined(upper, lower)
        shown = tuple(BETWEEN.join(words) for words in joined)
        spellings = [("".join(words), words[-1]) for words in joined]
        yield _layout(number, shown, spellings, (upper, lower), table)


def _layout(
    row: int,
    cells: tuple[str, ...],
    spellings: Sequence[Sequence[str]],
    printed: tuple[tuple[str, ...], ...],
    table: Table,
) -> Layout:
    known: dict[str, list[int]] = {}
    measured: dict[str, list[int]] = {}
    for rank in range(max(map(len, spellings), default=0)):
        rising: dict[str, list[int]] = {}
        with_unit: dict[str, list[int]] = {}
        for index, words in enumerate(spellings):
            if rank < len(words) and (word := folded(words[rank])):
                rising.setdefault(word, []).append(index)
                base, unit = parted(word)
                if unit:
                    with_unit.setdefault(f"{base}\n{unit}", []).append(index)
        known = rising | known  # the fuller spelling wins
        measured = with_unit | measured
    if _vocabulary(table).isdisjoint([*known, *(key.partition("\n")[0] for key in measured)]):
        return Layout(row, cells, {}, printed, {}, row)
    composed = _composed(table, known)
    others = _of_other_persons(cells)
    places: dict[str, int] = {}
    twice: dict[str, tuple[int, ...]] = {}
    for column in table.columns:
        found = _found(column, known, measured, composed, others)
        if len(found) > 1:
            twice[column.key] = tuple(found)
        elif found and found[0] not in places.values():
            places[column.key] = found[0]
    return Layout(row, cells, places, printed, twice, row)


def _composed(table: Table, known: Mapping[str, Sequence[int]]) -> dict[str, set[int]]:
    """By column where a header stands that is none of the listed ones and has the form of one: 身份证号码（必填）."""
    found: dict[str, set[int]] = {}
    kind, listed = f"table_{table.key}", _vocabulary(table)
    words = [word for word in known if may_have_form(word) and word not in listed]
    if not words or kind not in shipped().kinds:  # judgements are a table of the program's own
        return found
    catalogue = shipped()
    for word in words:
        base, unit = parted(word)
        taken = word in catalogue.listed[kind] or word in catalogue.asked[kind]
        key = None if taken else catalogue.forms[kind].get(form_of(base))
        if key is not None and (not unit or unit in UNIT_OF.get(table.column(key).type, {}).values()):
            found.setdefault(key, set()).update(known[word])
    return found


@cache
def _vocabulary(table: Table) -> frozenset[str]:
    """Every spelling of every header of the table."""
    return frozenset(
        word for column in table.columns for word in (*_words(column), *(squeeze(also).lower() for also in column.also))
    )


def _found(
    column: Column,
    known: Mapping[str, list[int]],
    measured: Mapping[str, list[int]],
    composed: Mapping[str, set[int]],
    others: frozenset[int],
) -> list[int]:
    """Where the header of a column stands; columns of another person (户主信息) only where the row has none of its own."""
    units = sorted(set(UNIT_OF.get(column.type, {}).values()))

    def places(word: str) -> list[int]:
        return known.get(word) or sorted({index for unit in units for index in measured.get(f"{word}\n{unit}", ())})

    found = [indices for word in _words(column) if (indices := places(word))]
    further = {index for word in column.also for index in places(squeeze(word).lower())}
    own = [indices for indices in found if not others.issuperset(indices)]
    return (
        next(iter(own), [])
        or sorted(further - others)
        or next(iter(found), [])
        or sorted(further)
        or sorted(composed.get(column.key, set()) - others)
    )


def _of_other_persons(cells: Sequence[str]) -> frozenset[int]:
    """The columns that stand below the word for another person than that of the row."""
    return frozenset(
        index
        for index, cell in enumerate(cells)
        if BETWEEN in cell and _ANOTHER_PERSON.search(cell.partition(BETWEEN)[0])
    )


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[tuple[str, ...]]:
    """For each column the upper and the lower word of its header, or the only one."""
    found: list[tuple[str, ...]] = []
    above = ""
    for index in range(max(len(upper), len(lower))):
        high = upper[index].strip() if index < len(upper) else ""
        low = lower[index].strip() if index < len(lower) else ""
        above = high or above  # a word over several columns stands in the first of them
        if not low or squeeze(low) == squeeze(high):
            found.append((high,))
        elif above:
            found.append((above, low))
        else:
            found.append((low,))
    return found


def _words(column: Column) -> Iterator[str]:
    """Every spelling of a header, the key first: a sheet with two of them means the earlier."""
    for word in (column.key, *column.headers):
        yield word
        yield word + "*"


def _unused(layout: Layout) -> list[tuple[int, str]]:
    used = set(layout.places.values())
    return [(index, cell.strip()) for index, cell in enumerate(layout.cells) if index not in used and cell.strip()]
