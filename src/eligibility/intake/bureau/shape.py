"""A sheet of a known kind as rows of one of the nine tables: its own cells, and behind them what is made from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from eligibility.intake.bureau.household import Get, household_of, number_of
from eligibility.intake.bureau.lookup import Lookups, index_of
from eligibility.intake.bureau.lookup_keys import in_mu, plain
from eligibility.intake.bureau.sums import Agreement, agreement, amount
from eligibility.intake.bureau.ways import Shaped
from eligibility.intake.files.around_header import with_surroundings
from eligibility.intake.files.grid import Grid, Referred, Row
from eligibility.intake.files.layout import BETWEEN, Layout
from eligibility.intake.files.units import AREA_UNITS, UNIT_OF
from eligibility.model.days import parse_day
from eligibility.model.names import squeeze
from eligibility.sources import Column, Lookup, place_of

_FEW_COLUMNS = 3
_REMARKS = ("remark", "remark_text", "member_remark", "member_remark_text", "hukou_remark")
"""Meanings whose text may speak against a cell of the row."""
_HOUSEHOLD = "household_id"
_HEADS = frozenset({"户主", "本人", "01", "02"})
"""A head by the relation to him, in words or as a code (GB/T 4761)."""
Maker = Callable[[Sequence[str]], str | None]
"""Makes a cell from the cells of a row; None: not known."""


@dataclass(slots=True)
class Doubts:
    """What could not be settled while rows went by: for each column, how often, and the first row."""

    count: Counter[str] = field(default_factory=Counter)
    first: dict[str, int] = field(default_factory=dict)
    elsewhere: int = 0
    """Rows left out because another sheet has them."""
    unequal: list[int] = field(default_factory=list)
    """Rows whose classes do not add up to their total."""


def grid_of(shaped: Shaped, lookups: Lookups, doubts: Doubts) -> Grid:
    """The sheet with what is made from it behind its own cells, and the layout that says which column is which."""
    plain = shaped.paper.grid()
    header = shaped.paper.proposal.header
    assert header is not None
    width = max([len(header.columns), *(len(cells) for _, cells in shaped.paper.head)])
    builder = _Builder(shaped, lookups, doubts, width)
    builder.build()
    layout = builder.layout()
    blank = frozenset(shaped.kind.blank)
    builder.merged = plain.merged
    rows = _rows(plain.rows, layout.row, width, builder, blank)
    return replace(
        plain,
        rows=rows,
        plain=lambda: shaped.paper.grid().rows,
        layout=layout,
        referred=builder.referred,
        stretches=None,
        counted_cells=False,
        hidden_sheet=plain.hidden_sheet and shaped.first,
        hidden_rows=plain.hidden_rows if shaped.first else (),
    )


def _rows(rows: Iterator[Row], last: int, width: int, builder: _Builder, blank: frozenset[str]) -> Iterator[Row]:
    several = builder.several
    for number, cells in rows:
        if number <= last:
            yield number, [*cells, *([""] * (width - len(cells)))][:width] + [""] * len(builder.makers)
            continue
        own = [*cells[:width], *([""] * (width - len(cells)))]
        own = ["" if cell.strip() in blank else cell for cell in own]
        if not any(map(str.strip, own)) or not builder.wanted(own) or builder.merged_above(number):
            continue
        builder.row = number
        if several and sum(bool(cell.strip()) for cell in own) == 1:
            # a line below the table: what is the same for all rows would make a row of it
            yield number, [*own, *([""] * len(builder.makers))]
            continue
        made: list[Any] = [maker(own) for maker in builder.makers]
        builder.note_head(own)
        yield number, [*own, *made]


class _Builder:
    """Finds for each column of the table where it stands, or makes it."""

    def __init__(self, shaped: Shaped, lookups: Lookups, doubts: Doubts, width: int) -> None:
        self._shaped, self._lookups, self._doubts, self._width = shaped, lookups, doubts, width
        self._index = index_of(shaped.paper)
        self.makers: list[Maker] = []
        self.row = 0
        self.referred: list[Referred] = []
        """What told of the households of the rows so far."""
        self.merged: Mapping[int, Sequence[int]] = {}
        """For each column the rows so far that were filled from a merged cell."""
        self._places: dict[str, int] = {}
        self._base: dict[str, int] = {}
        """For a made column the one of the sheet that it rests on most."""
        self._remarks: list[int] = []
        self._told_by: dict[str, str] = {}
        """For a made column the kinds of sheets in which its values are looked up."""
        self._squares: set[int] = set()
        """Columns that are in square metres, whatever their header says."""

    def build(self) -> None:
        """Place every column of the table."""
        constants = self._shaped.paper.proposal.constants
        for column in self._shaped.table.columns:
            spec = self._shaped.reading.columns.get(column.key, Column())
            if column.key in constants:
                self._make(column.key, _constant(constants[column.key]), None)
            elif self._shaped.area is not None and column.key in ("area", "area_mu", "amount_yuan"):
                if column.key.partition("_")[0] == self._shaped.reading.by_class:
                    if self._shaped.parts or self._shaped.sums:
                        self._make(column.key, self._of_class(self._shaped.area), self._shaped.area)
                    else:
                        self._places[column.key] = self._shaped.area
            elif self._shaped.area is not None and column.key == "land_class":
                self._make(column.key, _constant(self._shaped.land), self._shaped.area)
            else:
                self._column(column.key, spec, measured=column.type in UNIT_OF)
        self._remark_in_words()

    def _of_class(self, area: int) -> Maker:
        """The figure of a class without its parts; not known where the classes of the row do not add up to their total."""
        without, sums = _without_parts(area, self._shaped.parts), self._shaped.sums

        def make(cells: Sequence[str]) -> str | None:
            if agreement(cells, sums, area) is Agreement.DIFFERS:
                self._doubts.unequal.append(self.row)
                return None
            return without(cells)

        return make

    def merged_above(self, number: int) -> bool:
        """Whether a row is one with the row above, as cells merged over both say."""
        columns = [self._index.get(key, -1) for key in self._shaped.reading.once]
        return bool(columns) and all(self.merged.get(column, [0])[-1:] == [number] for column in columns)

    def note_head(self, cells: Sequence[str]) -> None:
        """Note a row of the roster that is its household's head."""
        at = self._index.get("relation_to_head") if self._shaped.reading.table == "persons" else None
        if at is not None and squeeze(cells[at]) in _HEADS:
            self.referred.append(Referred(self.row, "relation_to_head", squeeze(cells[at]), "head"))

    @property
    def several(self) -> bool:
        """Whether a row of data fills more than one cell of its own."""
        header = self._shaped.paper.proposal.header
        return header is not None and sum(map(bool, header.columns)) > _FEW_COLUMNS

    def wanted(self, cells: Sequence[str]) -> bool:
        """Whether a row is one of those that are read."""
        if self._shaped.parts and self._shaped.area is not None:
            rest = _without_parts(self._shaped.area, self._shaped.parts)(cells)
            if rest and not amount(rest) and amount(cells[self._shaped.area]):
                return False  # all of it is its parts, which are read beside it
        if self._shaped.area is not None and not cells[self._shaped.area].strip():
            every = self._shaped.blank_too
            if not every or any(cells[index].strip() for index in every):
                return False
        if self._shaped.area is not None and self._is_none(cells, self._shaped.area):
            return False
        reading = self._shaped.reading
        if reading.some and not any(cells[self._index[key]].strip() for key in reading.some if key in self._index):
            return False
        for one in reading.unless:
            named = one.key in self._index and self._lookups.find(one, cells[self._index[one.key]]) is not None
            if named and all(self._says_the_same(other, cells) for other in reading.agree):
                self._doubts.elsewhere += 1
                return False
        return all(
            key not in self._index or squeeze(cells[self._index[key]]) in map(squeeze, words)
            for key, words in self._shaped.reading.keep.items()
        )

    def _is_none(self, cells: Sequence[str], area: int) -> bool:
        """Whether a zero says that there is nothing of the class: the others of the row alone add up to its total."""
        return (
            amount(cells[area]) == 0
            and any(amount(cells[total]) for total, parts in self._shaped.sums if area in parts)
            and agreement(cells, self._shaped.sums, area) is Agreement.FITS
        )

    def _says_the_same(self, one: Lookup, cells: Sequence[str]) -> bool:
        """Whether the other sheet has the same as the column of the value's meaning here; a blank on either side says nothing."""
        here = cells[self._index[one.value]].strip() if one.value in self._index else ""
        there = self._lookups.find(one, cells[self._index[one.key]]) if one.key in self._index else None
        if not here or not there:
            return True
        return plain(here) == plain(there) or (parse_day(here) is not None and parse_day(here) == parse_day(there))

    def layout(self) -> Layout:
        """Which column stands where; made columns stand behind the sheet's own and name what they are made of."""
        header = self._shaped.paper.proposal.header
        assert header is not None
        cells = [BETWEEN.join(levels) for levels in header.columns]
        cells += [""] * (self._width - len(cells))
        printed = tuple(tuple(row) for number, row in self._shaped.paper.head if header.first <= number <= header.last)
        made = {index: key for key, index in self._places.items() if index >= self._width}
        names = [
            self._name(made[index]) if index in made else ""
            for index in range(self._width, self._width + len(self.makers))
        ]
        first = Layout(header.last, (*cells, *names), self._places, printed, {}, header.last)
        found = with_surroundings(first, self._shaped.paper.head, self._shaped.table)
        own_remarks = [self._index[key] for key in _REMARKS if key in self._index and key not in self._places]
        own = dict(found.own_units) | {index: frozenset({"m2"}) for index in self._squares}
        unit = AREA_UNITS.get(self._shaped.paper.proposal.unit)
        title = replace(found.title, area=frozenset({unit})) if unit else found.title
        return replace(
            found,
            own_units=own,
            title=title,
            remarks=tuple(
                dict.fromkeys(
                    (*(index for index in found.remarks if index < self._width), *own_remarks, *self._remarks)
                )
            ),
            based=self._base,
            width=self._width,
        )

    def _name(self, key: str) -> str:
        base = self._base.get(key)
        header = self._shaped.paper.proposal.header
        if base is None or header is None:
            return self._shaped.table.column(key).zh
        own = BETWEEN.join(header.columns[base])
        return f"{own}（查自{self._told_by[key]}）" if key in self._told_by else own

    def _remark_in_words(self) -> None:
        """Codes of remarks, in words, as one more column of remarks."""
        codes, index = self._shaped.reading.remark_codes, self._index.get("member_remark_code")
        if codes and index is not None:
            self._remarks.append(self._width + len(self.makers))
            self.makers.append(lambda cells: codes.get(cells[index].strip(), ""))

    def _make(self, key: str, maker: Maker, base: int | None) -> None:
        self._places[key] = self._width + len(self.makers)
        self.makers.append(maker)
        if base is not None:
            self._base[key] = base

    def _column(self, key: str, spec: Column, *, measured: bool) -> None:
        of = [one for one in (spec.of or (key,)) if one in self._index]
        if self._by_other_means(key, spec, of):
            return
        if (spec.value or spec.titles) and not of:
            self._make(key, _constant(self._by_title(spec)), None)
            return
        known = self._index.keys() | self._shaped.paper.proposal.constants.keys()
        look = [one for one in spec.look if one.key in known and self._lookups.has(one)]
        if look:
            kinds = (self._lookups.kind_named(one.kind) for one in look)
            self._told_by[key] = "、".join(dict.fromkeys(kinds))
        as_it_is = not (
            spec.household
            or spec.joined
            or spec.first
            or spec.place
            or spec.instead
            or spec.otherwise
            or look
            or spec.otherwise_of
        )
        if as_it_is and len(of) == 1:
            self._places[key] = self._index[of[0]]
            if of[0].endswith("_m2") and measured:
                self._squares.add(self._index[of[0]])
            return
        if spec.named_is_unknown:
            if look:
                self._make(key, self._unknown_where_named(look), self._index.get(look[0].key))
            return
        if spec.household or of or look or spec.otherwise or any(one in known for one in spec.stand_ins):
            self._make(key, self._maker(key, spec, of, look), self._rests_on(of, look, spec))

    def _by_other_means(self, key: str, spec: Column, of: Sequence[str]) -> bool:
        """Make a column that is not made of one cell; whether it was."""
        if spec.by_title is not None and not of:
            self._make(key, _constant(self._lookups.by_title(spec.by_title, self._shaped.paper) or ""), None)
        elif spec.either is not None:
            self._either(key, spec)
        elif spec.filled_is_unknown and of:
            at = self._index[of[0]]
            self._make(key, lambda cells: None if cells[at].strip() else "", at)
        elif spec.cases and not of:
            self._make(key, self._by_cases(spec), None)
        else:
            return False
        return True

    def _rests_on(self, of: Sequence[str], look: Sequence[Lookup], spec: Column) -> int | None:
        keys = [*of, *(one.key for one in look), *spec.stand_ins]
        return next((self._index[key] for key in keys if key in self._index), None)

    def _get(self, cells: Sequence[str]) -> Get:
        """The cells of a row by meaning; what is the same for all rows where a cell is blank."""
        constants = self._shaped.paper.proposal.constants

        def get(meaning: str) -> str:
            at = self._index.get(meaning)
            return (cells[at].strip() if at is not None else "") or constants.get(meaning, "")

        return get

    def _by_title(self, spec: Column) -> str:
        header = self._shaped.paper.proposal.header
        texts = (self._shaped.paper.name, self._shaped.paper.sheet, *(header.titles if header else ()))
        return next((value for word, value in spec.titles.items() if any(word in text for text in texts)), spec.value)

    def _either(self, key: str, spec: Column) -> None:
        """The one or the other column, each row by itself; where the sheet lacks the one that a row needs, it is not known."""
        either = spec.either
        assert either is not None
        when = [self._index[one] for one in either.when if one in self._index]
        then, otherwise = self._index.get(either.of), self._index.get(either.otherwise)

        def make(cells: Sequence[str]) -> str | None:
            at = then if any(cells[index].strip() for index in when) else otherwise
            return None if at is None else spec.instead.get(cells[at].strip(), cells[at])

        self._make(key, make, otherwise if otherwise is not None else then)

    def _by_cases(self, spec: Column) -> Maker:
        """The value of the first case that a row fits; not known where it fits none."""
        index = self._index
        cases = [case for case in spec.cases if {*case.filled, *case.blank} <= index.keys()]

        def make(cells: Sequence[str]) -> str | None:
            for case in cases:
                filled = [bool(cells[index[key]].strip()) and amount(cells[index[key]]) != 0 for key in case.filled]
                blank = [not cells[index[key]].strip() or amount(cells[index[key]]) == 0 for key in case.blank]
                if all((*filled, *blank)):
                    return case.value
            return None

        return make

    def _unknown_where_named(self, look: Sequence[Lookup]) -> Maker:
        lookups = self._lookups

        def make(cells: Sequence[str]) -> str | None:
            get = self._get(cells)
            day_text = next((found for one in look if (found := lookups.find(one, get(one.key))) is not None), None)
            if day_text is None:
                return ""
            # a day where the sheet tells what it is a day of; the number alone says only that the row is there
            return day_text if parse_day(day_text) is not None else None

        return make

    def _maker(self, key: str, spec: Column, of: Sequence[str], look: Sequence[Lookup]) -> Maker:
        index, lookups = self._index, self._lookups

        def make(cells: Sequence[str]) -> str | None:
            found = "、".join(filter(None, (cells[index[meaning]].strip() for meaning in of))) if spec.joined else ""
            for meaning in () if spec.joined else of:
                found = cells[index[meaning]].strip()
                if found:
                    self._refer(key, meaning, found, "within" if spec.first else "same")
                    found = in_mu(found) if meaning.endswith("_m2") and key.endswith("_mu") else found
                    break
            for one in look:
                if found:
                    break
                get = self._get(cells)
                found = lookups.find(one, get(one.key), get) or ""
                if found:
                    self._refer(key, one.key, get(one.key), one.by)
            if spec.household and not found:
                found = household_of(self._shaped.kind, self._get(cells))
                if found:
                    self._refer(key, *number_of(self._shaped.kind, self._get(cells)), "own")
            found = found[: spec.first] if spec.first else found
            if spec.place and found:
                place = place_of(found)
                # a community without its group would be held against the groups of papers: then neither is known
                found = getattr(place, spec.place) if place.group or not spec.whole else ""
            return spec.instead.get(found, found) or self._stand_in(key, spec, cells)

        return make

    def _stand_in(self, key: str, spec: Column, cells: Sequence[str]) -> str:
        """What stands where nothing is found: counted, and told once for the sheet."""
        get = self._get(cells)
        for meaning in spec.stand_ins:
            if text := get(meaning):
                self._doubt(key)
                self._refer(key, meaning, text, "nothing")
                return spec.otherwise_mark + (text[: spec.otherwise_first] if spec.otherwise_first else text)
        if spec.look:
            self._doubt(key)
        return spec.otherwise

    def _refer(self, key: str, meaning: str, value: str, by: str) -> None:
        """Note what told of the household of the row at hand."""
        if key == _HOUSEHOLD:
            self.referred.append(Referred(self.row, meaning, value, by))

    def _doubt(self, key: str) -> None:
        self._doubts.count[key] += 1
        self._doubts.first.setdefault(key, self.row)


def _without_parts(whole: int, parts: Sequence[int]) -> Maker:
    """A figure less its parts; as it stands where there are none; not known where one cannot be read or is larger."""

    def make(cells: Sequence[str]) -> str | None:
        filled = [cells[part] for part in parts if cells[part].strip()]
        if not filled:
            return cells[whole]
        total, amounts = amount(cells[whole]), [amount(cell) for cell in filled]
        if total is None or any(amount is None for amount in amounts):
            return None
        rest = total - sum((amount for amount in amounts if amount is not None), Decimal(0))
        return format(rest, "f") if rest >= 0 else None

    return make


def _constant(value: str) -> Maker:
    return lambda _: value
