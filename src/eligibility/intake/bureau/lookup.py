"""What other sheets of the dossier say of a code or an id: one value where all their rows agree, else none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from eligibility.intake.bureau.survey import Paper
from eligibility.model import document_number, resident_id
from eligibility.model.names import squeeze
from eligibility.sources import Catalogue, Lookup

_MU_OF_M2 = Decimal("0.0015")
"""One square metre in mu, exactly."""
_PRINTED = Decimal("0.01")
"""The last digit of mu on contracts and certificates; the database keeps square metres that come from it, rounded."""


_LOST_DIGITS = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]{2,}|[0-9]{15}0{3,5}")
"""What a spreadsheet leaves of a long number: many different ones look alike then."""


class Lookups:
    """The sheets of a dossier that others look into; each is read when it is first asked for, once for each question."""

    def __init__(self, papers: Sequence[Paper], catalogue: Catalogue) -> None:
        """`papers`: every sheet of the dossier whose kind is certain."""
        self._papers, self._catalogue = papers, catalogue
        self._found: dict[str, Mapping[str, str | None]] = {}

    def has(self, lookup: Lookup) -> bool:
        """Whether the dossier has a sheet that could answer."""
        return any(self._answers(paper, lookup) for paper in self._papers)

    def kind_named(self, kind: str) -> str:
        """A kind as people call it."""
        return self._catalogue.kinds[kind].zh

    def find(self, lookup: Lookup, text: str) -> str | None:
        """The value for the text of a cell; None where no row has it, or two disagree."""
        wanted = key_of(lookup.by, text)
        if lookup.first:
            wanted = wanted[: lookup.first] if len(wanted) >= lookup.first else ""
        return self._table(lookup).get(wanted) if wanted else None

    def _table(self, lookup: Lookup) -> Mapping[str, str | None]:
        asked = lookup.model_copy(update={"key": "any", "first": 0}).model_dump_json()
        if asked not in self._found:
            rows = (
                pair for paper in self._papers if self._answers(paper, lookup) for pair in self._pairs(paper, lookup)
            )
            found = _summed(rows) if lookup.total else _agreed(rows)
            if lookup.total and lookup.value.endswith("_m2"):
                found = {key: in_mu(total) if total else None for key, total in found.items()}
            self._found[asked] = found
        return self._found[asked]

    def _answers(self, paper: Paper, lookup: Lookup) -> bool:
        if paper.kind != lookup.kind or not (not lookup.named or any(word in _texts(paper) for word in lookup.named)):
            return False
        return {lookup.by, lookup.value, *lookup.where, *lookup.where_not} <= index_of(paper).keys()

    def _pairs(self, paper: Paper, lookup: Lookup) -> Iterator[tuple[str, str]]:
        places = index_of(paper)
        by, value = places[lookup.by], places[lookup.value]
        blank = frozenset(self._catalogue.kinds[paper.kind].blank)
        header = paper.proposal.header
        last = header.last if header else 0
        for number, cells in paper.grid().rows:
            if number > last and max(by, value) < len(cells) and _counts(lookup, places, cells):
                key, found = key_of(lookup.by, cells[by]), cells[value].strip()
                if key and found and found not in blank:
                    yield key, in_mu(found) if lookup.value.endswith("_m2") and not lookup.total else found


def _texts(paper: Paper) -> str:
    """Name of file and sheet, and the titles, by which a sheet is told from others of its kind."""
    titles = paper.proposal.header.titles if paper.proposal.header else ()
    return "\n".join(map(squeeze, (paper.name, paper.sheet, *titles)))


def _counts(lookup: Lookup, places: Mapping[str, int], cells: Sequence[str]) -> bool:
    """Whether a row has the words that the lookup wants, and none that it does not."""

    def has(meaning: str, words: Sequence[str]) -> bool:
        return places[meaning] < len(cells) and any(word in cells[places[meaning]] for word in words)

    return all(has(*one) for one in lookup.where.items()) and not any(has(*one) for one in lookup.where_not.items())


def index_of(paper: Paper) -> dict[str, int]:
    """Where the columns of a sheet stand that may be used, by meaning; a meaning that two columns have is left out."""
    places: dict[str, int] = {}
    twice = set[str]()
    for column in paper.proposal.columns:
        if column.sure and column.meaning:
            if column.meaning in places:
                twice.add(column.meaning)
            places[column.meaning] = column.index
    return {meaning: index for meaning, index in places.items() if meaning not in twice}


def key_of(meaning: str, text: str) -> str:
    """A cell as it is looked up by: an approval by the form of its number, everything else as `plain` has it."""
    return document_number.normal_form(text) if meaning.startswith("approval_no") and text.strip() else plain(text)


def plain(text: str) -> str:
    """A code or an id as it is compared, an id of fifteen digits as one of eighteen; "" where a spreadsheet lost its digits."""
    found = squeeze(text).lstrip("'’").rstrip("'’").upper()
    if _LOST_DIGITS.fullmatch(found):
        return ""
    return resident_id.normal_form(found) or found if len(found) in (15, 18) else found


def in_mu(text: str) -> str:
    """Square metres in mu with two decimals, as contract and certificate print them; text that is no number stays as it is.

    >>> in_mu("1400.00"), in_mu("1633.33"), in_mu("一块")
    ('2.10', '2.45', '一块')
    """
    try:
        return format((Decimal(squeeze(text).replace(",", "")) * _MU_OF_M2).quantize(_PRINTED, ROUND_HALF_UP), "f")
    except InvalidOperation:
        return text


def _agreed(pairs: Iterator[tuple[str, str]]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for key, value in pairs:
        known = found.setdefault(key, value)
        if known is not None and plain(known) != plain(value):
            found[key] = None
    return found


def _summed(pairs: Iterator[tuple[str, str]]) -> dict[str, str | None]:
    sums: dict[str, Decimal | None] = {}
    for key, value in pairs:
        before = sums.get(key, Decimal(0))
        try:
            sums[key] = None if before is None else before + Decimal(squeeze(value).replace(",", ""))
        except InvalidOperation:
            sums[key] = None
    return {key: None if total is None else format(total.normalize(), "f") for key, total in sums.items()}
