"""Lines of a rulebook for comparison: each declaration with its meaning and its text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from eligibility.labels.states import KNOWN
from eligibility.labels.values import say_parameter
from eligibility.model.diagnostic import Bilingual
from eligibility.model.formula import atoms, with_value
from eligibility.model.policy import (
    AllOf,
    AnyOf,
    Citation,
    Clause,
    Compare,
    Condition,
    Constant,
    Dated,
    Formula,
    Holds,
    Not,
    Parameter,
    Policy,
    Within,
)
from eligibility.model.readings import without_readings
from eligibility.rulebook.draft import Draft
from eligibility.rulebook.prose import Naming, say_formula
from eligibility.rulebook.prose_words import KINDS


@dataclass(frozen=True, slots=True)
class Side:
    """A rulebook to compare: its policy and its draft."""

    policy: Policy
    draft: Draft


@dataclass(frozen=True, slots=True)
class Aspect:
    """One aspect of a declaration: its name, the value compared (None: not compared), and the text shown."""

    name: Bilingual
    meaning: object
    content: Bilingual


@dataclass(frozen=True, slots=True)
class Line:
    """One declaration: its Chinese title, its whole text, and its aspects."""

    title: str
    whole: Bilingual
    aspects: dict[str, Aspect]


TRIED = date.min
"""Start date of a trial value."""

Lines = dict[str, dict[str, Line]]
"""Part of the rulebook → id → line."""


def lines_of(side: Side) -> Lines:
    """Return all declarations of the rulebook by part."""
    policy, draft = side.policy, side.draft
    return {
        "rulebook": _rulebook(side),
        "parameter": {name: _parameter(parameter) for name, parameter in policy.parameters.items()},
        "condition": {name: _condition(side, condition) for name, condition in policy.conditions.items()},
        "clause": {name: _clause(policy, claus) for name, claus in policy.clauses.items()},
        "fact": {name: _listed(e.body.title, e.body.model_dump(exclude={"note"})) for name, e in draft.facts.entries.items()},
        "reason": {name: _listed(e.body.title, e.body.model_dump()) for name, e in draft.reasons.entries.items()},
        "stage": _stages(side),
        "class": {name: _listed(e.body.title, {"place": place, **e.body.model_dump(mode="json", exclude={"note", "accepted"})}) for place, (name, e) in enumerate(draft.classes.entries.items(), start=1)},
        "benefit": {name: _listed(e.body.title, e.body.model_dump(mode="json", exclude={"note", "accepted"})) for name, e in draft.benefits.entries.items()},
        "document": {name: _listed(title, [title, *policy.suppliers.get(name, ())]) for name, title in policy.documents.items()},
        "body": {name: _listed(title, title) for name, title in policy.bodies.items()},
        "place": {name: _listed(name, sorted(names)) for name, names in policy.gazetteer.items()},
    }  # fmt: skip


def _rulebook(side: Side) -> dict[str, Line]:
    if side.draft.rulebook is None:
        return {}
    body = side.draft.rulebook.body
    force = body.in_force
    until = f" – {force.until}" if force.until else ""
    outcomes = "、".join(f"{code} {title}" for code, title in sorted(body.outcomes.items()))
    aspects = {
        "title": _plain(Bilingual("名称", "title"), body.title),
        "instrument": _plain(
            Bilingual("文件", "instrument"), f"{side.policy.instrument} {body.document_number}".strip()
        ),
        "in_force": _plain(Bilingual("施行期", "in force"), f"{force.since}{until}（{KNOWN[force.status].zh}）"),
        "supersedes": _plain(Bilingual("取代", "supersedes"), "、".join(sorted(body.supersedes))),
        "outcomes": _plain(Bilingual("结论", "outcomes"), outcomes),
    }
    return {"rulebook": Line(body.title, _same(body.title), aspects)}


def _stages(side: Side) -> dict[str, Line]:
    """Return the stages with their positions, so that another order is a difference."""
    entries = side.draft.stages.entries.items()
    return {
        name: _listed(e.body.title, {"place": place, **e.body.model_dump(exclude={"note"})})
        for place, (name, e) in enumerate(entries, start=1)
    }


def _parameter(parameter: Parameter) -> Line:
    values = _timeline(parameter)
    others = [say_parameter(parameter, value) for value in parameter.alternatives]
    meaning = tuple((dated.since, dated.until, dated.value) for dated in parameter.timeline)
    sources = "；".join(f"{d.since}：{_cited(d.citation)}" for d in parameter.timeline)
    tried = any(dated.since == TRIED for dated in parameter.timeline)
    aspects = {
        "title": _plain(Bilingual("名称", "title"), parameter.title),
        "values": Aspect(Bilingual("取值", "values"), (parameter.type, meaning), values),
        "source": Aspect(Bilingual("依据", "source"), None if tried else sources, _same(sources)),
        "alternatives": Aspect(Bilingual("供试算", "to try"), frozenset(parameter.alternatives), _list(others)),
    }
    return Line(parameter.title, values, aspects)


def _condition(side: Side, condition: Condition) -> Line:
    body = side.draft.conditions.entries[condition.id].body
    sentence = say_formula(_by_name(condition.expression, body.comparison), side.policy, Naming.TITLES)
    if body.comparison:
        title = side.policy.parameters[body.comparison].title
        sentence = Bilingual(
            f"{sentence.zh}（{title}：见该参数）", f"{sentence.en} (the line itself: see {body.comparison})"
        )
    rests = sorted((r.parameter, r.mark or "", r.where) for r in condition.rests_on)
    rests_text = "、".join(" ".join(part for part in rest if part) for rest in rests)
    aspects = {
        "title": _plain(Bilingual("名称", "title"), condition.title),
        "formula": Aspect(
            Bilingual("内容", "formula"),
            (canonical(condition.expression, body.comparison), body.comparison, body.while_unset),
            sentence,
        ),
        "rests_on": _plain(Bilingual("另依据", "also rests on"), rests_text),
    }
    return Line(condition.title, sentence, aspects)


def _clause(policy: Policy, clause: Clause) -> Line:
    sentence = say_formula(clause.when, policy)
    when_open = _list([_reason(policy, r.reason, r.when) for r in clause.on_open])
    meaning = frozenset((r.reason, canonical(r.when)) for r in clause.on_open)
    aspects = {
        "title": _plain(Bilingual("名称", "title"), clause.title),
        "kind": Aspect(Bilingual("类别", "kind"), clause.kind, KINDS[clause.kind]),
        "when": Aspect(Bilingual("内容", "formula"), canonical(clause.when), sentence),
        "excepts": _plain(Bilingual("所除外的条款", "excepts"), clause.excepts),
        "follows": _plain(Bilingual("随之不成立于", "follows"), "、".join(clause.follows)),
        "citation": _plain(Bilingual("依据", "citation"), _cited(clause.citation)),
        "text": _plain(Bilingual("告知语", "sentence"), clause.text),
        "on_refuted": _codes(Bilingual("不成立时的原因", "reasons when refuted"), policy, clause.on_refuted),
        "on_open": Aspect(Bilingual("待核时的原因", "reasons when open"), meaning, when_open),
        "otherwise": _codes(Bilingual("其余待核的原因", "other reasons when open"), policy, clause.otherwise),
    }
    whole = Bilingual(f"[{KINDS[clause.kind].zh}] {sentence.zh}", f"[{KINDS[clause.kind].en}] {sentence.en}")
    return Line(clause.title, whole, aspects)


def canonical(formula: Formula, comparison: str = "") -> str:
    """One text for one meaning: parameters by name, the parts of a connective in one order.

    `comparison` is the parameter that decides whether the line itself counts: its present answer is left out.
    """
    named = _by_name(without_readings(formula), comparison)
    match named:
        case Not(of=inner):
            return f"not({canonical(inner)})"
        case AllOf(of=parts) | AnyOf(of=parts):
            inside = sorted({canonical(part) for part in parts})
            return inside[0] if len(inside) == 1 else f"{type(named).__name__}({', '.join(inside)})"
    return repr(named)


def _by_name(formula: Formula, comparison: str = "") -> Formula:
    """The formula before its parameters had values."""
    match formula:
        case AllOf(of=(inner, Holds(of=Constant(value=False, parameter="")))):
            return _by_name(inner, comparison)
        case Not(of=inner):
            return Not(_by_name(inner, comparison))
        case AllOf(of=parts) | AnyOf(of=parts):
            return replace(formula, of=tuple(_by_name(part, comparison) for part in parts))
    return _leaf_by_name(formula, comparison)


def _leaf_by_name(leaf: Formula, comparison: str) -> Formula:
    match leaf:
        case Compare(op=op, left=left, right=right):
            sign = "<" if comparison and op in ("<", "<=", "<?") else op
            named = {atom.parameter for atom in atoms(leaf) if isinstance(atom, Constant) and atom.parameter}
            for parameter in named:
                leaf = with_value(leaf, parameter, None)
            left, right = (getattr(leaf, side) for side in ("left", "right"))
            return Compare(sign, *(_nameless(s) if isinstance(s, Constant) else s for s in (left, right)))
        case Within(fact=fact, values=values):
            return Within(fact, _nameless(values))
        case Holds(of=Constant() as constant):
            return Holds(_nameless(constant))
    return leaf


def _nameless(constant: Constant) -> Constant:
    return Constant(None, constant.parameter) if constant.parameter else constant


def _timeline(parameter: Parameter) -> Bilingual:
    return _list([_dated(parameter, dated) for dated in parameter.timeline])


def _dated(parameter: Parameter, dated: Dated) -> Bilingual:
    value = say_parameter(parameter, dated.value)
    if dated.since == TRIED:
        return Bilingual(f"{value.zh}（试设）", f"{value.en} (tried)")
    until = Bilingual(f"，至 {dated.until} 前", f" until {dated.until}") if dated.until else Bilingual("", "")
    return Bilingual(f"{value.zh}（{dated.since} 起{until.zh}）", f"{value.en} (from {dated.since}{until.en})")


def _cited(citation: Citation) -> str:
    quote = f"“{citation.quote}”" if citation.quote else ""
    return f"{citation.instrument} {citation.article}{quote}（{KNOWN[citation.status].zh}）"


def _reason(policy: Policy, code: str, when: Formula) -> Bilingual:
    title = policy.reasons[code].title
    sentence = say_formula(when, policy)
    return (
        Bilingual(f"{title}（若{sentence.zh}）", f"{code} (if {sentence.en})")
        if when != AllOf(())
        else Bilingual(title, code)
    )


def _codes(name: Bilingual, policy: Policy, codes: Iterable[str]) -> Aspect:
    results = [Bilingual(policy.reasons[code].title, code) for code in sorted(codes)]
    return Aspect(name, tuple(sorted(codes)), _list(results))


def _listed(title: str, meaning: object) -> Line:
    problem = Bilingual(str(meaning), str(meaning))
    return Line(title, _same(title), {"content": Aspect(Bilingual("内容", "content"), meaning, problem)})


def _plain(name: Bilingual, text: str) -> Aspect:
    return Aspect(name, text, _same(text))


def _same(text: str) -> Bilingual:
    return Bilingual(text, text)


def _list(items: list[Bilingual]) -> Bilingual:
    return Bilingual("；".join(item.zh for item in items), "; ".join(item.en for item in items))
