"""Last pass: what a rulebook promises (fairness), and the arithmetic that always holds between facts.

Neither decides anybody: `eligibility rules prove` proves the promises, with the arithmetic as its only assumption on facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from eligibility.model.diagnostic import Bilingual, Diagnostic
from eligibility.model.policy import FactSpec, FactType
from eligibility.rulebook.draft import Draft
from eligibility.rulebook.expression import UNREADABLE, compile_text
from eligibility.rulebook.problems import Spot, finding, unknown_name
from eligibility.rulebook.promise_types import ATTRIBUTES, Help, Independence, Promises, Relation
from eligibility.rulebook.schemas import HelpShape
from eligibility.rulebook.terms import Terms

_FACT = Bilingual("事实", "fact")


def compile_promises(draft: Draft) -> Draft:
    """Compile the relations of the glossary and the promises of the rulebook; every name must be that of a fact."""
    wrong: list[Diagnostic] = []
    relations = tuple(
        relation
        for entry in draft.facts.entries.values()
        for i, text in enumerate(entry.body.always)
        if (relation := _relation(draft, entry.id, text, entry.at("always", i), wrong)) is not None
    )
    promises = _promises(draft, wrong)
    return replace(draft.with_findings(wrong), relations=relations, promises=promises)


def _relation(draft: Draft, fact: str, text: str, at: Spot, wrong: list[Diagnostic]) -> Relation | None:
    terms = Terms(draft, at)
    formula = compile_text(text, terms.leaf, at, wrong)
    if terms.parameters:
        problem = Bilingual("always 只能写事实之间的关系，不能用参数", "always relates facts; it may name no parameter")
        wrong.append(finding("bad_expression", at, problem, Bilingual("删去参数", "leave the parameter out")))
    return None if formula == UNREADABLE else Relation(fact, text, formula, tuple(dict.fromkeys(terms.facts)), at)


def _promises(draft: Draft, wrong: list[Diagnostic]) -> Promises:
    if draft.rulebook is None:
        return Promises()
    entry, given = draft.rulebook, draft.rulebook.body.fairness
    depends = []
    for i, name in enumerate(given.never_depends_on):
        at = entry.at("fairness", "never_depends_on", i)
        if (meant := _independence(draft, name, at, wrong)) is not None:
            depends.append(meant)
    helps = []
    for i, shape in enumerate(given.never_hurts):
        at = entry.at("fairness", "never_hurts", i)
        made = _help(draft, shape, at, wrong)
        helps.extend([made] if made is not None else [])
    return Promises(tuple(depends), tuple(helps))


def _independence(draft: Draft, name: str, at: Spot, wrong: list[Diagnostic]) -> Independence | None:
    """A fact, or an attribute with the facts whose title or column in the tables has one of its words."""
    attribute = next((title for title, words in ATTRIBUTES.items() if name in (title, *words)), None)
    if attribute is None or any(name in (spec.id, spec.title) for spec in draft.fact_specs.values()):
        spec = _named(draft, name, at, wrong, more=ATTRIBUTES)
        return None if spec is None else Independence(spec.id, spec.title, (spec.id,), at)
    words = {attribute, *ATTRIBUTES[attribute]}
    telling = [
        spec.id
        for spec in draft.fact_specs.values()
        if not words.isdisjoint({spec.id, spec.title, *(spec.source.headers if spec.source else ())})
    ]
    return Independence(name, attribute, tuple(telling), at)


def _help(draft: Draft, shape: HelpShape, at: Spot, wrong: list[Diagnostic]) -> Help | None:
    moved = {shape.fact: shape.move, **shape.along}
    specs = {name: spec for name in moved if (spec := _named(draft, name, at, wrong)) is not None}
    wrong.extend(_unmoved(specs.values(), at))
    if len(specs) < len(moved):
        return None
    along = tuple((specs[name].id, move == "more") for name, move in shape.along.items())
    return Help(specs[shape.fact].id, shape.move == "more", along, at)


def _unmoved(specs: Iterable[FactSpec], at: Spot) -> Iterator[Diagnostic]:
    for spec in specs:
        if spec.type is FactType.CHOICE:
            problem = Bilingual(f"“{spec.title}”是选项，没有多少之分", f"{spec.id} is a choice: it has no more or less")
            remedy = Bilingual("不应影响结论的选项写在 never_depends_on", "write it under never_depends_on")
            yield finding("type_mismatch", at, problem, remedy)


def _named(draft: Draft, name: str, at: Spot, wrong: list[Diagnostic], more: Iterable[str] = ()) -> FactSpec | None:
    spec = next((spec for spec in draft.fact_specs.values() if name in (spec.id, spec.title)), None)
    if spec is None and draft.facts.readable and name not in draft.facts.ids:
        names = [known for spec in draft.fact_specs.values() for known in (spec.id, spec.title)]
        wrong.append(unknown_name(_FACT, name, [*names, *more], at))
    return spec
