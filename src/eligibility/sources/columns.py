"""What the columns of a sheet mean within one kind of source: what is listed is certain, what is like it is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from eligibility.model.tables import Table
from eligibility.sources.catalogue import Catalogue, words_of
from eligibility.sources.composed import form_of
from eligibility.sources.likeness import Entry, Likeness, Nearest
from eligibility.sources.spelling import (
    AGRICULTURAL,
    class_of,
    fold,
    is_agricultural,
    is_subtotal,
    spellings,
    within,
    without_unit,
)

_ENOUGH = 0.68
_CLEAR = 0.02
"""By so much the best meaning must be nearer than the next."""
_OWN = 0.03
"""So much nearer is a meaning that the kind itself has."""
AGRICULTURAL_TOTAL = "agricultural_total"
"""The meaning of a column that sums up all agricultural land of a row."""
_MOST_KEPT = 5_000
_MONEY_WORDS = ("金额", "补偿款", "补偿费", "款")


class Certainty(StrEnum):
    """How sure the meaning of a column is."""

    LISTED = "listed"  # the kind lists the header
    KNOWN = "known"  # other kinds list it, all with this meaning
    ASKED = "asked"  # the kind lists it as one that may mean this
    LIKE = "like"  # it is like a listed one
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """What one column means. `like`: the listed header by which it was found; `meaning` is "" where nothing is known."""

    index: int
    levels: tuple[str, ...]
    meaning: str = ""
    certainty: Certainty = Certainty.UNKNOWN
    like: str = ""
    score: float = 0.0
    unit: str = ""
    subtotal: bool = False
    within: str = ""
    """The class of land of which the column is a part (其中)."""

    @property
    def header(self) -> str:
        """The header in one word."""
        return "／".join(self.levels)

    @property
    def sure(self) -> bool:
        """Whether it may be used without asking."""
        return self.certainty in (Certainty.LISTED, Certainty.KNOWN)


def meanings(catalogue: Catalogue, kind: str, headers: Iterable[tuple[str, ...]]) -> tuple[ColumnMeaning, ...]:
    """The meaning of every column of a sheet of that kind; a header is a tuple of its levels."""
    finder = _finder(catalogue, kind)
    found = [finder.find(index, levels) for index, levels in enumerate(headers)]
    return tuple(_with_agricultural(list(_one_each(found))))


def counted_once(columns: Iterable[ColumnMeaning]) -> list[ColumnMeaning]:
    """The columns of areas by class that add up to the land of a row: no part beside its whole, and of a class with a subtotal that alone."""
    areas = [one for one in columns if one.sure and one.meaning.startswith("area@")]
    there = {one.meaning for one in areas}
    summed = {one.meaning for one in areas if one.subtotal}
    return [
        one
        for one in areas
        if (one.subtotal or one.meaning not in summed) and not (one.within and f"area@{one.within}" in there)
    ]


def _with_agricultural(found: list[ColumnMeaning]) -> Iterable[ColumnMeaning]:
    """The columns, those that sum up all agricultural land known as that where the classes that they sum up stand beside them."""
    parts = [one for one in counted_once(found) if one.meaning.partition("@")[2] in AGRICULTURAL]
    unclear = [one for one in found if one.meaning == "area@" and not is_agricultural(one.levels)]
    for one in found:
        if one.meaning == "area@" and is_agricultural(one.levels) and parts and not unclear:
            yield replace(one, meaning=AGRICULTURAL_TOTAL, certainty=Certainty.LISTED)
        else:
            yield one


def _one_each(found: list[ColumnMeaning]) -> Iterable[ColumnMeaning]:
    """A likeness gives way to a column that is listed for the same meaning."""
    sure = {one.meaning for one in found if one.sure}
    for one in found:
        if one.certainty is Certainty.LIKE and one.meaning in sure and "@" not in one.meaning:
            yield ColumnMeaning(one.index, one.levels, like=one.like, score=one.score, unit=one.unit)
        else:
            yield one


class _Finder:
    def __init__(self, catalogue: Catalogue, kind: str) -> None:
        self._catalogue, self._name, self._kind = catalogue, kind, catalogue.kinds[kind]
        self._listed, self._asked = catalogue.listed[kind], catalogue.asked[kind]
        of = catalogue.table_of(kind)
        self._columns = {fold(word): column.key for column in (of.columns if of else ()) for word in words_of(column)}
        self._first_words = {fold(word) for column in (of.columns if of else ()) for word in column.headers}
        self._kin = {word for name in catalogue.kinds if self._is_kin(name, of) for word in catalogue.listed[name]}
        self._columns_known = frozenset(self._columns.values()) | self._kind.words.keys() if of else frozenset()
        self._forms = catalogue.forms[kind]
        self._likeness = Likeness(self._candidates())
        self._found: dict[tuple[str, ...], ColumnMeaning] = {}

    def _is_kin(self, name: str, of: Table | None) -> bool:
        """Whether another kind of source tells of the same table, and is not that table itself."""
        return of is not None and not self._catalogue.kinds[name].table and self._catalogue.table_of(name) == of

    def _candidates(self) -> list[Entry]:
        """Headers to be like, with their meaning and how much likeness to them counts; the nearest vocabulary first."""
        catalogue, of = self._catalogue, self._catalogue.table_of(self._name)
        kin = [name for name in catalogue.kinds if of is not None and catalogue.table_of(name) == of]
        vocabularies: list[tuple[float, Mapping[str, str]]] = [
            (1.0, {**self._asked, **self._listed}),
            (0.98, self._columns),
        ]
        vocabularies += [(0.97, catalogue.listed[name]) for name in kin]
        vocabularies += [(0.95, catalogue.general), (0.94, catalogue.columns)]
        vocabularies += [(0.92, listed) for listed in catalogue.listed.values()]
        found: dict[tuple[str, str], float] = {}
        for weight, words in vocabularies:
            for word, meaning in words.items():
                if self._listed.get(word, meaning) == meaning and self._fits(meaning):
                    found.setdefault((word, meaning), weight)
        return [Entry(word, meaning, weight) for (word, meaning), weight in found.items()]

    def _fits(self, meaning: str) -> bool:
        """Whether a meaning of another vocabulary is possible here: a column of other tables is only where there is no table."""
        return not self._columns_known or meaning in self._catalogue.meanings or meaning in self._columns_known

    def find(self, index: int, levels: tuple[str, ...]) -> ColumnMeaning:
        """The meaning of one column."""
        if levels not in self._found:
            if len(self._found) > _MOST_KEPT:
                self._found.clear()
            self._found[levels] = self._look(index, levels)
        return replace(self._found[levels], index=index)

    def _look(self, index: int, levels: tuple[str, ...]) -> ColumnMeaning:
        if not any(map(str.strip, levels)):
            return ColumnMeaning(index, levels)
        unit = next((found for level in reversed(levels) if (found := without_unit(fold(level)).unit)), "")
        for certainty, words in ((Certainty.LISTED, self._listed), (Certainty.ASKED, self._asked)):
            for spelt in _with_and_without_unit(levels):
                if spelt in words and _measures(words[spelt], unit):
                    return ColumnMeaning(index, levels, words[spelt], certainty, spelt, 1.0, unit)
        if self._kind.by_class and (land := class_of(levels)) is not None:
            measure = "amount" if any(word in fold(levels[-1]) for word in _MONEY_WORDS) else "area"
            certainty = Certainty.LISTED if land else Certainty.ASKED
            meaning, part = f"{measure}@{land}", within(levels)
            return ColumnMeaning(index, levels, meaning, certainty, "", 1.0, unit, is_subtotal(levels), part)
        return (
            self._of_one_form(index, levels, unit)
            or self._known(index, levels, unit)
            or self._like(index, levels, unit)
        )

    def _of_one_form(self, index: int, levels: tuple[str, ...], unit: str) -> ColumnMeaning | None:
        """A header of the same form as one that the kind itself lists; not where another kind lists it and says otherwise."""
        for spelt in _with_and_without_unit(levels):
            meaning = self._forms.get(form_of(spelt))
            if meaning is not None and _measures(meaning, unit):
                return ColumnMeaning(index, levels, meaning, Certainty.LISTED, spelt, 1.0, unit)
        return None

    def _known(self, index: int, levels: tuple[str, ...], unit: str) -> ColumnMeaning | None:
        """A header of the table, or one that has one meaning in all kinds."""
        for spelt in _with_and_without_unit(levels):
            known = self._catalogue.everywhere.get(spelt, frozenset())
            if spelt in self._columns:
                sure = known <= {self._columns[spelt]} and (spelt in self._kin or spelt in self._first_words)
                certainty = Certainty.KNOWN if sure else Certainty.ASKED
                return ColumnMeaning(index, levels, self._columns[spelt], certainty, spelt, 1.0, unit)
            if len(known) == 1 and spelt in self._catalogue.sources and self._fits(next(iter(known))):
                return ColumnMeaning(index, levels, next(iter(known)), Certainty.KNOWN, spelt, 1.0, unit)
        return None

    def _like(self, index: int, levels: tuple[str, ...], unit: str) -> ColumnMeaning:
        best: dict[str, Nearest] = {}
        for spelt in dict.fromkeys(_with_and_without_unit(levels)):
            for meaning, near in self._likeness.nearest(spelt).items():
                own = _OWN if meaning in self._kind.words else 0.0
                best[meaning] = max(Nearest(near.score + own, near.word), best.get(meaning, Nearest(0.0, "")))
        ranked = sorted(best.items(), key=lambda one: (-one[1].score, one[0]))
        if not ranked or ranked[0][1].score < _ENOUGH:
            return ColumnMeaning(index, levels, unit=unit)
        (meaning, (score, word)), second = ranked[0], ranked[1][1].score if len(ranked) > 1 else 0.0
        if score - second < _CLEAR:
            return ColumnMeaning(index, levels, like=word, score=score, unit=unit)
        return ColumnMeaning(index, levels, meaning, Certainty.LIKE, word, score, unit)


def _measures(meaning: str, unit: str) -> bool:
    """Whether a column of that meaning can have that unit in its header: an area in square metres is none in mu."""
    return not (meaning.endswith("_m2") and unit not in ("", "m2"))


def _with_and_without_unit(levels: tuple[str, ...]) -> Iterable[str]:
    for spelt in spellings(levels):
        yield spelt
        bare = without_unit(spelt).word
        if bare != spelt:
            yield bare


_FINDERS: dict[tuple[int, str], _Finder] = {}


def _finder(catalogue: Catalogue, kind: str) -> _Finder:
    key = (id(catalogue), kind)
    if key not in _FINDERS or _FINDERS[key]._catalogue is not catalogue:
        _FINDERS[key] = _Finder(catalogue, kind)
    return _FINDERS[key]
