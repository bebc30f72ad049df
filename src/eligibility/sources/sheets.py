"""Which kind of source a sheet is, where its header stands, and what its columns mean: a proposal, with the reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from eligibility.model.names import squeeze
from eligibility.model.tables import LAND_CLASSES, table
from eligibility.sources.catalogue import Catalogue
from eligibility.sources.columns import ColumnMeaning, meanings
from eligibility.sources.composed import forms_of
from eligibility.sources.constants import labels, stated
from eligibility.sources.headers import Header, Row, headers_of
from eligibility.sources.kind import Kind
from eligibility.sources.likely import plausible
from eligibility.sources.named import named
from eligibility.sources.places import place_of
from eligibility.sources.spelling import class_of, fold, spellings, without_unit

_CODE = re.compile(r"[a-z][a-z0-9_]{1,20}")
_NAMED = 1.5
"""A title or file name counts as so many headers."""
_SURE_SHARE = 0.5
_SURE_AHEAD = 1.2
_OF_TAKINGS = ("agreements", "approval_parcels", "payouts")
_LAND = re.compile("面积|亩|公顷|平方米|地$|田$")


@dataclass(frozen=True, slots=True)
class SheetRows:
    """The first rows of a sheet, as far as a header is looked for; `file` is the path within the dossier."""

    file: str
    sheet: str
    head: Sequence[Row]
    kind_of_file: str = ""


@dataclass(frozen=True, slots=True)
class SheetProposal:
    """What a sheet probably is. `kind` is "" where nothing fits; `sure`: it may be used without asking."""

    file: str
    sheet: str
    kind: str = ""
    sure: bool = False
    header: Header | None = None
    columns: tuple[ColumnMeaning, ...] = ()
    reason_zh: str = ""
    reason_en: str = ""
    rivals: tuple[str, ...] = ()
    constants: dict[str, str] = field(default_factory=dict)
    unit: str = ""
    """The unit of areas that a clerk stated for the sheet."""
    compared: dict[str, str] = field(default_factory=dict)
    """Of a list to compare with: what a clerk stated of how far it reaches."""


def propose(sheet: SheetRows, catalogue: Catalogue) -> SheetProposal:
    """The kind, header and meanings of a sheet, as well as they can be told from its name and first rows."""
    ranked = sorted(_scored(sheet, catalogue), key=lambda one: (-one.points, one.name))
    if not ranked:
        return SheetProposal(sheet.file, sheet.sheet, reason_zh="没有认得的表头", reason_en="no header that is known")
    near = [one for one in ranked if one.points * _SURE_AHEAD > ranked[0].points]
    read = [_Read.of(one, sheet, catalogue) for one in near]
    # a sheet that lacks what a kind needs is not of that kind, where it is nearly as likely to be of one whose needs it has
    whole = [one for one in read if not one.lacking] or read
    best, kind = whole[0].scored, catalogue.kinds[whole[0].scored.name]
    columns, constants = whole[0].columns, whole[0].constants
    lacking = [*whole[0].lacking, *(one.header for one in columns if not one.sure and _measures_land(kind, one))]
    lacking += _whole_beside_parts(columns)
    near = [one.scored for one in whole[1:]]
    alike = [one.name for one in near if not _same_use(catalogue, one, best)]
    sure = not lacking and not alike and best.share >= _SURE_SHARE
    zh, en = _reason(catalogue, best, lacking, alike)
    return SheetProposal(
        sheet.file,
        sheet.sheet,
        best.name,
        sure,
        best.header,
        columns,
        zh,
        en,
        tuple(one.name for one in near),
        constants,
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """A sheet read as one kind: its columns, what its titles and names state, and which needs of the kind it lacks."""

    scored: _Scored
    columns: tuple[ColumnMeaning, ...]
    constants: dict[str, str]
    lacking: tuple[str, ...]

    @classmethod
    def of(cls, scored: _Scored, sheet: SheetRows, catalogue: Catalogue) -> _Read:
        header = scored.header
        columns = tuple(plausible(meanings(catalogue, scored.name, header.columns), sheet.head, header.last))
        wanted = [key for key in _told_once(catalogue, scored.name) if key not in {one.meaning for one in columns}]
        constants = named(sheet.file, sheet.sheet, header.titles, wanted) | stated(header.titles, wanted)
        if (place := place_of(constants.get("community", ""))).group:
            constants = {"group": place.group} | constants | {"community": place.community}
        sure = {one.meaning for one in columns if one.sure} | constants.keys()
        return cls(
            scored, columns, constants, tuple(key for key in catalogue.kinds[scored.name].needs if key not in sure)
        )


def _told_once(catalogue: Catalogue, name: str) -> list[str]:
    """What a title may tell for a kind: columns of its tables, and what its rows are looked up by."""
    kind, of = catalogue.kinds[name], catalogue.table_of(name)
    tables = [*([of] if of else []), *(table(reading.table) for reading in kind.readings)]
    found = [column.key for one in tables for column in one.columns]
    found += list(labels()) if tables else []
    specs = [spec for reading in kind.readings for spec in reading.columns.values()]
    found += [key for parts in kind.household for key in parts]
    if any(spec.by_title or any(one.same_place for one in spec.look) for spec in specs):
        found += ["community", "group"]
    return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Scored:
    name: str
    header: Header
    points: float
    share: float
    hits: int
    named: str


def _scored(sheet: SheetRows, catalogue: Catalogue) -> Iterator[_Scored]:
    """Every kind that knows some header of the sheet, with its best header."""
    headers = list(headers_of(sheet.head))
    rarity = _rarity(catalogue)
    name = "|".join(squeeze(part).lower() for part in (sheet.file.rpartition("/")[2].rpartition(".")[0], sheet.sheet))
    folder = squeeze(sheet.file.rpartition("/")[0]).lower()
    for kind_name, kind in catalogue.kinds.items():
        listed = catalogue.listed[kind_name]
        best: _Scored | None = None
        for header in headers:
            filled = [levels for levels in header.columns if any(levels)]
            of_form = catalogue.word_of_form[kind_name]
            hit = [found for levels in filled if (found := _hit(levels, listed, of_form, kind)) is not None]
            if not hit:
                continue
            distinct = sum(rarity.get(word, 1.0) for word in set(hit))
            named = _named(kind, name, header.titles) or (_named(kind, folder, ()) if kind.compares else "")
            share = len(hit) / len(filled)
            points = distinct * (0.5 + share) + (_NAMED * len(named) ** 0.5 if named else 0.0)
            # a header in fewer rows is the likelier one of two that know as much
            points = points * (0.6 if header.unnamed else 1.0) - 0.01 * (header.last - header.first)
            if best is None or points > best.points:
                best = _Scored(kind_name, header, points, share, len(hit), named)
        if best is not None:
            yield best


def _hit(levels: tuple[str, ...], listed: Mapping[str, str], of_form: Mapping[str, str], kind: Kind) -> str | None:
    """The listed word that a header is, or whose form it has, if any."""
    for spelt in spellings(levels):
        if spelt in listed:
            return spelt
        bare = without_unit(spelt).word
        if bare in listed:
            return bare
    if kind.by_class and class_of(levels) is not None:
        return f"@{fold(levels[0])}"
    return next((of_form[form] for form in forms_of(levels) if form in of_form), None)


@lru_cache(maxsize=4)
def _rarity_of(words: tuple[tuple[str, ...], ...]) -> dict[str, float]:
    counts = Counter(word for kind in words for word in kind)
    return {word: 1.0 / n**0.5 for word, n in counts.items()}


def _rarity(catalogue: Catalogue) -> dict[str, float]:
    """A header that few kinds have tells more of the kind."""
    return _rarity_of(tuple(tuple(sorted(catalogue.listed[name])) for name in sorted(catalogue.kinds)))


def _named(kind: Kind, name: str, titles: Sequence[str]) -> str:
    """The longest word of the kind that stands in the name of file or sheet, or in a title."""
    texts = [name, *(squeeze(title).lower() for title in titles)]
    found = [word for word in map(fold, kind.names) if any(_within(word, text) for text in texts)]
    return max(found, key=len, default="")


def _within(word: str, text: str) -> bool:
    """A Chinese word anywhere; a code as a word of its own: CBF is not in CBF_JTCY."""
    if not _CODE.fullmatch(word):
        return word in text
    return re.search(rf"(?<![a-z_]){re.escape(word)}(?![a-z_])", text) is not None


def _measures_land(kind: Kind, column: ColumnMeaning) -> bool:
    """Whether a column that is not understood may hold land on a paper that says how much was taken: left out, it would be missed."""
    if kind.becomes not in _OF_TAKINGS or not kind.readings:
        return False
    return column.meaning.startswith(("area", "@")) or _LAND.search(fold(column.header)) is not None


def _whole_beside_parts(columns: Sequence[ColumnMeaning]) -> list[str]:
    """Columns of a class that stand beside columns of its kinds without saying 小计 or 其中: whether they contain them is not printed."""
    general = {fold(word.zh) for word in LAND_CLASSES} | {"农用地"}
    areas = [one for one in columns if one.meaning.startswith("area@") and one.sure]
    whole = [
        one
        for one in areas
        if not one.subtotal
        and not one.within
        and without_unit(fold(one.levels[-1])).word.removesuffix("面积") in general
    ]
    summed = {one.meaning for one in areas if one.subtotal}
    return [
        one.header
        for one in whole
        if one.meaning not in summed and sum(other.meaning == one.meaning for other in areas) > 1
    ]


def _same_use(catalogue: Catalogue, one: _Scored, other: _Scored) -> bool:
    """Whether it makes no difference which of two kinds a sheet is: both are left aside or compared alike, or both say the same of one table."""
    if catalogue.kinds[one.name].compares != catalogue.kinds[other.name].compares:
        return False
    of = catalogue.table_of(one.name)
    if of is None or catalogue.table_of(other.name) is None:
        return catalogue.table_of(other.name) is of
    keys = {column.key for column in of.columns}
    said = [
        {
            (found.index, found.meaning)
            for found in meanings(catalogue, by.name, by.header.columns)
            if found.meaning in keys
        }
        for by in (one, other)
    ]
    return catalogue.table_of(other.name) == of and said[0] <= said[1]


def _reason(catalogue: Catalogue, best: _Scored, lacking: list[str], rivals: list[str]) -> tuple[str, str]:
    known = len([levels for levels in best.header.columns if any(levels)])
    zh = f"{known}列中认得{best.hits}列" + (f"，名称含「{best.named}」" if best.named else "")
    en = f"{best.hits} of {known} headers are known" + (f", the name has “{best.named}”" if best.named else "")
    if lacking:
        zh += f"；不能确定的有「{'、'.join(map(catalogue.name_of, lacking))}」"
        en += f"; {', '.join(lacking)} not certain"
    if rivals:
        zh += f"；也可能是{'、'.join(catalogue.kinds[one].zh for one in rivals)}"
        en += f"; may also be {', '.join(rivals)}"
    return zh, en
