"""What other sheets of the dossier say of a code or an id: one value where all their rows agree, else none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from eligibility.intake.bureau.household import Get, household_of, place_parts
from eligibility.intake.bureau.lookup_keys import in_mu, key_of, plain
from eligibility.intake.bureau.survey import Paper
from eligibility.model.names import squeeze
from eligibility.sources import ByTitle, Catalogue, Lookup

HOUSEHOLD = "household"
"""In the place of a meaning: the household of a row, as its kind says."""
_SHORTEST_TITLE = 4
"""Words that stand in a title by chance are shorter."""


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

    def find(self, lookup: Lookup, text: str, get: Get | None = None) -> str | None:
        """The value for the text of a cell; None where no row has it, or two disagree. `get`: the other cells of the row."""
        wanted = key_of(lookup.by, text)
        if lookup.first:
            wanted = wanted[: lookup.first] if len(wanted) >= lookup.first else ""
        if wanted and lookup.same_place:
            community, group = place_parts(get) if get else ("", "")
            wanted = _at(community, group, wanted) if community else ""
        return self._table(lookup).get(wanted) if wanted else None

    def by_title(self, titled: ByTitle, paper: Paper) -> str | None:
        """The value of the one row of the same place whose words stand in the title of a paper; None where none does, or several."""
        here, place = _texts(paper), place_parts(lambda key: paper.proposal.constants.get(key, ""))
        found = set[str]()
        for other in self._papers if place[0] else ():
            if other.kind == titled.kind:
                for get in self._rows(other):
                    words = squeeze(get(titled.has))
                    if (
                        len(words) >= _SHORTEST_TITLE
                        and words in here
                        and place_parts(get) == place
                        and get(titled.value)
                    ):
                        found.add(squeeze(get(titled.value)))
        return found.pop() if len(found) == 1 else None

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
        if paper.kind != lookup.kind or (lookup.named and not any(word in _texts(paper) for word in lookup.named)):
            return False
        there = index_of(paper).keys() | paper.proposal.constants.keys()
        if lookup.value == HOUSEHOLD:
            kind = self._catalogue.kinds[paper.kind]
            made = any(set(parts) <= there | paper.proposal.constants.keys() for parts in kind.household)
        else:
            made = lookup.value in there
        return made and {lookup.by, *lookup.where, *lookup.where_not} <= there

    def _rows(self, paper: Paper) -> Iterator[Get]:
        """The rows of a sheet, each as its cells by meaning; blank marks and what is the same for all rows are settled."""
        places, constants = index_of(paper), paper.proposal.constants
        blank = frozenset(self._catalogue.kinds[paper.kind].blank)
        last = paper.proposal.header.last if paper.proposal.header else 0
        for number, cells in paper.grid().rows:
            if number > last:
                yield _getter(cells, places, constants, blank)

    def _pairs(self, paper: Paper, lookup: Lookup) -> Iterator[tuple[str, str]]:
        kind = self._catalogue.kinds[paper.kind]
        for get in self._rows(paper):
            key = key_of(lookup.by, get(lookup.by))
            found = household_of(kind, get) if lookup.value == HOUSEHOLD else get(lookup.value)
            if key and found and _counts(lookup, get):
                if lookup.same_place:
                    community, group = place_parts(get)
                    key = _at(community, group, key)
                yield key, in_mu(found) if lookup.value.endswith("_m2") and not lookup.total else found


def _getter(
    cells: Sequence[str], places: Mapping[str, int], constants: Mapping[str, str], blank: frozenset[str]
) -> Get:
    def get(meaning: str) -> str:
        at = places.get(meaning)
        text = cells[at].strip() if at is not None and at < len(cells) else ""
        return constants.get(meaning, "") if text in ("", *blank) else text

    return get


def _at(community: str, group: str, key: str) -> str:
    return f"{community}|{group}|{key}"


def _texts(paper: Paper) -> str:
    """Name of file and sheet, and the titles, by which a sheet is told from others of its kind."""
    titles = paper.proposal.header.titles if paper.proposal.header else ()
    return "\n".join(map(squeeze, (paper.name, paper.sheet, *titles)))


def _counts(lookup: Lookup, get: Get) -> bool:
    """Whether a row has the words that the lookup wants, and none that it does not."""
    wanted = all(any(word in get(meaning) for word in words) for meaning, words in lookup.where.items())
    return wanted and not any(word in get(meaning) for meaning, words in lookup.where_not.items() for word in words)


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
