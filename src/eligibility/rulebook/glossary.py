"""Second pass: checks the glossaries; every name used must exist, and none may be ambiguous."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from eligibility.model.derived_facts import DERIVED
from eligibility.model.diagnostic import Bilingual, Diagnostic, SourceLocation
from eligibility.model.extra_columns import fits
from eligibility.model.policy import Citation, FactSource, FactSpec, FactType, Status
from eligibility.model.units import UNITS
from eligibility.rulebook.draft import Draft, Entry, Section
from eligibility.rulebook.problems import RuleFinding, Spot, finding, nearest, unknown_name, warning
from eligibility.rulebook.schemas import BodyShape, CitationShape, FactShape, PaperShape, ReasonShape

WITHOUT_WORDS = ("未见原文", "未录原文")
"""Placeholders for a missing quotation: the article was not seen; or it was seen and not recorded."""


def name_facts(draft: Draft) -> Draft:
    """Compile the fact specifications; codes of bodies and documents become their Chinese titles."""
    wrong: list[Diagnostic] = []
    specs: dict[str, FactSpec] = {}
    for entry in draft.facts.entries.values():
        wrong.extend(
            unknown(
                Bilingual("单位（机构）", "body"), entry.body.confirmed_by, draft.bodies.ids, entry.at("confirmed_by")
            )
        )
        wrong.extend(unknown(Bilingual("材料", "document"), entry.body.proves, draft.documents.ids, entry.at("proves")))
        wrong.extend(_unit_findings(entry.body.type, entry.body.unit, entry.at("unit")))
        wrong.extend(_source_findings(entry))
        specs[entry.id] = _spec(draft, entry)
        if not fits(specs[entry.id]):
            problem = Bilingual(
                "这个表头是卷宗固有的一列，与事实的类型不同", "this header is a column of the contract of another type"
            )
            remedy = Bilingual("换一个表头，或改 type", "choose another header, or change the type")
            wrong.append(finding("type_mismatch", entry.at("source"), problem, remedy))
    return replace(draft.with_findings(wrong), fact_specs=specs)


def check_titles(draft: Draft) -> Draft:
    """Check that no id or Chinese title is ambiguous, because expressions may use both."""
    named = [(e.id, e.body.title, e.at("title")) for e in draft.facts.entries.values()]
    named += [(e.id, e.body.title, e.at("title")) for e in draft.parameters.entries.values()]
    conditions = [(e.id, e.body.title, e.at("title")) for e in draft.conditions.entries.values()]
    return draft.with_findings([*_repeated(named), *_repeated(conditions)])


def check_reasons(draft: Draft) -> Draft:
    """Check that the papers and bodies of every review reason exist."""
    wrong: list[Diagnostic] = []
    for paper in draft.documents.entries.values():
        if isinstance(paper.body, PaperShape):
            at = paper.at("supplied_by")
            wrong.extend(unknown(Bilingual("单位（机构）", "body"), paper.body.supplied_by, draft.bodies.ids, at))
    for entry in draft.reasons.entries.values():
        named = [document for way in ways_of(entry.body) for document in way]
        wrong.extend(unknown(Bilingual("材料", "document"), named, draft.documents.ids, entry.at("documents")))
        wrong.extend(
            unknown(Bilingual("单位（机构）", "body"), entry.body.bodies, draft.bodies.ids, entry.at("bodies"))
        )
    return draft.with_findings(wrong)


def ways_of(reason: ReasonShape) -> tuple[tuple[str, ...], ...]:
    """Return the alternative ways of a reason; the papers of one way are needed together."""
    return tuple((document,) if isinstance(document, str) else tuple(document) for document in reason.documents)


def title_of(body: str | PaperShape | BodyShape) -> str:
    """Return the Chinese name of a paper or body, in short or full form."""
    return body if isinstance(body, str) else body.title


def english_of(section: Section[Any]) -> dict[str, str]:
    """Return the English names by code, of entries that have one."""
    named = {code: getattr(entry.body, "title_en", "") for code, entry in section.entries.items()}
    return {code: title for code, title in named.items() if title}


def citation_of(draft: Draft, shape: CitationShape, at: SourceLocation, wrong: list[Diagnostic]) -> Citation:
    """Return the citation with the title of its instrument; an unknown instrument is added to `wrong`."""
    wrong.extend(unknown_instrument(shape.instrument, draft.instruments.ids, at))
    known = draft.instruments.entries.get(shape.instrument)
    quote = "" if shape.quote in WITHOUT_WORDS else shape.quote
    if shape.status is Status.SEEN and not quote:
        problem = Bilingual(f"没有原文（{shape.quote}）却写 seen", "status seen without the words of the article")
        remedy = Bilingual(
            "抄录原文；由别的文件转引、或读到未抄录的写 status: quoted，没有读到的写 assumed",
            "quote the article; write quoted where another paper tells it or its words were not noted, else assumed",
        )
        wrong.append(warning("seen_without_text", at, problem, remedy))
    title, english = (shape.instrument, "") if known is None else (known.body.title, known.body.title_en)
    return Citation(title, shape.article, quote, shape.status, english)


_ALIKE = 0.6
"""How alike a code must be to be what was meant: every code ends in a year."""


def unknown_instrument(name: str, known: Collection[str], at: SourceLocation) -> Iterator[Diagnostic]:
    """Yield a finding where no glossary of papers to cite has that code, with the line to add."""
    if name not in known:
        near = nearest(name, known)
        if near is not None and SequenceMatcher(None, name, near).ratio() < _ALIKE:
            near = None
        meant = (f"；是否应为“{near}”？", f"; or did you mean “{near}”?") if near else ("", "")
        remedy = Bilingual(
            f"在本规则的 instruments.yaml 中加一项：{name}: {{title: 文件全称, known: 原文看到了多少}}{meant[0]}",
            f"add to the rulebook's instruments.yaml: {name}: {{title: …, known: …}}{meant[1]}",
        )
        problem = Bilingual(f"引用的文件“{name}”没有登记", f"the paper {name} that is cited is not listed")
        place = at.inside(name) if isinstance(at, Spot) else at
        yield RuleFinding("unknown_name", place, problem, remedy, nearest=near or "")


def unknown(kind: Bilingual, names: Iterable[str], known: Collection[str], at: SourceLocation) -> Iterator[Diagnostic]:
    """Yield a finding for each unknown name of `names`."""
    return (unknown_name(kind, name, known, at) for name in names if name not in known)


def _spec(draft: Draft, entry: Entry[FactShape]) -> FactSpec:
    body = entry.body
    choices = draft.gazetteer.entries if body.choices == "gazetteer" else body.choices
    bodies = [title_of(draft.bodies.entries[code].body) for code in body.confirmed_by if code in draft.bodies.entries]
    papers = [title_of(draft.documents.entries[code].body) for code in body.proves if code in draft.documents.entries]
    return FactSpec(
        entry.id,
        body.title,
        body.type,
        body.unit,
        choices=tuple(choices),
        day=body.day,
        confirmed_by="、".join(bodies),
        proves="、".join(papers),
        never_false=body.never_false,
        title_en=body.title_en,
        papers=tuple(body.proves),
        bodies=tuple(body.confirmed_by),
        in_dossier=body.in_dossier,
        source=_source(body),
        computed="" if body.source is None else body.source.computed,
    )


def _source(body: FactShape) -> FactSource | None:
    given = body.source
    if given is None or given.computed:
        return None
    words = tuple((word, tuple(also)) for word, also in given.words.items())
    return FactSource(given.table, tuple(given.headers) or (body.title,), given.blank == "no", words)


def _source_findings(entry: Entry[FactShape]) -> Iterator[Diagnostic]:
    """Check that what is said of the source of a fact fits it."""
    body, given = entry.body, entry.body.source
    if given is None:
        return
    wrong = ""
    if entry.id in DERIVED:
        wrong = "程序自己认定这个事实，不能另写来源"
    elif given.computed and (given.headers or given.words):
        wrong = "写了 computed 的不再写 headers、words"
    elif not body.in_dossier:
        wrong = "写了来源的，删去 in_dossier: false"
    elif given.blank == "no" and body.type is not FactType.TRUTH:
        wrong = "blank: no 只用于是/否"
    elif body.choices == "gazetteer":
        wrong = "地名不能从这样的列读入，请在 choices 中列出"
    if wrong:
        remedy = Bilingual("改正 source", "correct “source”")
        yield finding("bad_value", entry.at("source"), Bilingual(wrong, f"the source does not fit: {wrong}"), remedy)
    for word in given.words:
        if word not in body.choices:
            yield unknown_name(Bilingual("选项", "choice"), word, list(body.choices), entry.at("source", "words"))


def _unit_findings(kind: FactType, unit: str, at: SourceLocation) -> Iterator[Diagnostic]:
    wanted = next(iter(UNITS.get(kind, {"": 1})))
    if unit != wanted and not (kind in (FactType.COUNT, FactType.YEARS) and unit in UNITS[kind]):
        problem = Bilingual(f"{kind} 类事实的单位应为“{wanted}”", f"the unit of {kind} must be “{wanted}”")
        remedy = Bilingual(
            f"写成 unit: {wanted}" if wanted else "删去 unit", f"write unit: {wanted}" if wanted else "delete unit"
        )
        yield finding("unit_mismatch", at, problem, remedy)


def _repeated(named: Sequence[tuple[str, str, SourceLocation]]) -> Iterator[Diagnostic]:
    seen: dict[str, str] = {}
    for ident, title, at in named:
        for name in {ident, title}:
            if seen.setdefault(name, ident) != ident:
                problem = Bilingual(f"名称“{name}”已用于 {seen[name]}", f"“{name}” already names {seen[name]}")
                remedy = Bilingual("换一个没有用过的名称", "choose a name that nothing else bears")
                yield finding("duplicate_id", at, problem, remedy)
