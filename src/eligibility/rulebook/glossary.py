"""Second pass: the glossaries; every name that they use must exist, and none may mean two things."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from eligibility.domain.finding import Finding, Source, Text
from eligibility.domain.measures import UNITS
from eligibility.domain.policy import Citation, FactSpec, FactType
from eligibility.rulebook.draft import Draft, Entry, Section
from eligibility.rulebook.problems import finding, unknown_name
from eligibility.rulebook.shapes import BodyShape, CitationShape, FactShape, PaperShape, ReasonShape

WITHOUT_WORDS = ("未见原文", "未录原文")
"""What stands for the article's own words: nobody here has read it; or it was read and the words were not noted."""


def name_facts(draft: Draft) -> Draft:
    """Make the fact specifications; codes of bodies and documents become their Chinese titles."""
    wrong: list[Finding] = []
    specs: dict[str, FactSpec] = {}
    for entry in draft.facts.entries.values():
        wrong.extend(
            unknown(Text("单位（机构）", "body"), entry.body.confirmed_by, draft.bodies.ids, entry.at("confirmed_by"))
        )
        wrong.extend(unknown(Text("材料", "document"), entry.body.proves, draft.documents.ids, entry.at("proves")))
        wrong.extend(_unit_findings(entry.body.type, entry.body.unit, entry.at("unit")))
        specs[entry.id] = _spec(draft, entry)
    return replace(draft.having(wrong), fact_specs=specs)


def check_titles(draft: Draft) -> Draft:
    """An expression may use ids or Chinese titles, so none may mean two things."""
    named = [(e.id, e.body.title, e.at("title")) for e in draft.facts.entries.values()]
    named += [(e.id, e.body.title, e.at("title")) for e in draft.parameters.entries.values()]
    conditions = [(e.id, e.body.title, e.at("title")) for e in draft.conditions.entries.values()]
    return draft.having([*_repeated(named), *_repeated(conditions)])


def check_reasons(draft: Draft) -> Draft:
    """The papers and bodies of every review reason must exist."""
    wrong: list[Finding] = []
    for paper in draft.documents.entries.values():
        if isinstance(paper.body, PaperShape):
            at = paper.at("supplied_by")
            wrong.extend(unknown(Text("单位（机构）", "body"), paper.body.supplied_by, draft.bodies.ids, at))
    for entry in draft.reasons.entries.values():
        named = [document for way in ways_of(entry.body) for document in way]
        wrong.extend(unknown(Text("材料", "document"), named, draft.documents.ids, entry.at("documents")))
        wrong.extend(unknown(Text("单位（机构）", "body"), entry.body.bodies, draft.bodies.ids, entry.at("bodies")))
    return draft.having(wrong)


def ways_of(reason: ReasonShape) -> tuple[tuple[str, ...], ...]:
    """The papers of a reason as its ways: any one way settles it, the papers of a way together."""
    return tuple((one,) if isinstance(one, str) else tuple(one) for one in reason.documents)


def title_of(body: str | PaperShape | BodyShape) -> str:
    """The Chinese name of a paper or body, written alone or with more."""
    return body if isinstance(body, str) else body.title


def english_of(section: Section[Any]) -> dict[str, str]:
    """Code → English name, of those entries that have one."""
    named = {code: getattr(entry.body, "title_en", "") for code, entry in section.entries.items()}
    return {code: title for code, title in named.items() if title}


def citation_of(draft: Draft, shape: CitationShape, at: Source, wrong: list[Finding]) -> Citation:
    """The citation with the title of its instrument; an unknown instrument is added to `wrong`."""
    wrong.extend(unknown(Text("文件", "instrument"), [shape.instrument], draft.instruments.ids, at))
    known = draft.instruments.entries.get(shape.instrument)
    quote = "" if shape.quote in WITHOUT_WORDS else shape.quote
    title, english = (shape.instrument, "") if known is None else (known.body.title, known.body.title_en)
    return Citation(title, shape.article, quote, shape.status, english)


def unknown(kind: Text, names: Iterable[str], known: Collection[str], at: Source) -> Iterator[Finding]:
    """A finding for each of `names` that is not known."""
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
    )


def _unit_findings(kind: FactType, unit: str, at: Source) -> Iterator[Finding]:
    wanted = next(iter(UNITS.get(kind, {"": 1})))
    if unit != wanted:
        said = Text(f"{kind} 类事实的单位应为“{wanted}”", f"the unit of {kind} must be “{wanted}”")
        remedy = Text(
            f"写成 unit: {wanted}" if wanted else "删去 unit", f"write unit: {wanted}" if wanted else "delete unit"
        )
        yield finding("unit_mismatch", at, said, remedy)


def _repeated(named: Sequence[tuple[str, str, Source]]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for ident, title, at in named:
        for name in {ident, title}:
            if seen.setdefault(name, ident) != ident:
                said = Text(f"名称“{name}”已用于 {seen[name]}", f"“{name}” already names {seen[name]}")
                remedy = Text("换一个没有用过的名称", "choose a name that nothing else bears")
                yield finding("duplicate_id", at, said, remedy)
