"""No dead clause, exception, condition, part of a condition, or reason: each changes something for somebody possible."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

import z3

from eligibility.model.diagnostic import Bilingual
from eligibility.model.formula import (
    AllOf,
    AnyOf,
    Compare,
    Constant,
    FactRef,
    Formula,
    Holds,
    Not,
    Readings,
    Within,
    conditions_named,
)
from eligibility.model.policy import Clause
from eligibility.model.readings import written_out
from eligibility.proving.book import Book, differ
from eligibility.proving.claims import Claim, Verdict
from eligibility.proving.outcomes import POLICY_UNSET
from eligibility.proving.search import Answer, Search
from eligibility.rulebook.difference import read_side
from eligibility.rulebook.prose import say_formula

_CONSTANTS = (
    (True, Bilingual("总是成立", "always proven")),
    (False, Bilingual("总是不成立", "always refuted")),
    (None, Bilingual("总是待核", "always open")),
)


def usage_claims(book: Book) -> Iterator[Claim]:
    """Clauses and exceptions, then conditions and their parts, then reasons."""
    for clause in book.policy.clauses.values():
        yield _clause(book, clause)
    for name in _asked(book):
        yield _condition(book, name)
        yield from _parts(book, name)
    yield from _reasons(book)


def _clause(book: Book, clause: Clause) -> Claim:
    entries = book.side.draft.clauses.entries
    accepted = book.accepted_at(entries, clause.id, "clause_matters", "same_clause", "idle_clause", "dead_clause")
    claim = book.matters(
        "clause_matters",
        clause.id,
        differ(book.decision, book.anybody.decision(without=[clause.id])),
        Bilingual(f"条款“{clause.title}”改变某人的结论", f"clause {clause.id} changes somebody's outcome"),
        Bilingual(
            f"删去条款“{clause.title}”，任何人的结论都不变",
            f"without clause {clause.id} everybody is decided as before",
        ),
        places=[book.at_clause(clause.id)],
        accepted=accepted,
    )
    return _woken(
        book, [clause], claim, lambda tried: differ(tried.decision, tried.anybody.decision(without=[clause.id]))
    )


def _woken(book: Book, clauses: Iterable[Clause], claim: Claim, question: Callable[[Book], z3.BoolRef]) -> Claim:
    """The claim, accepted where another value on file of a parameter of the clauses gives an effect: that is meant."""
    if claim.verdict is not Verdict.FAILED:
        return claim
    named = [name for clause in clauses for name in conditions_named(clause.when)]
    for parameter in dict.fromkeys(p for name in named for p in book.policy.conditions[name].parameters):
        for text, tried in _trials(book, parameter):
            if tried.search.ask(question(tried)) is Answer.SOMEBODY:
                title = book.policy.parameters[parameter].title
                why = f"“{title}”改为备选值 {text} 时才起作用 / it has an effect once {parameter} is {text}"
                return replace(claim, verdict=Verdict.ACCEPTED, accepted=why)
    return claim


def _trials(book: Book, parameter: str) -> Iterator[tuple[str, Book]]:
    """The rulebook with each of the other values on file of a parameter."""
    draft = book.side.draft
    for _, text in book.alternatives(parameter):
        key = (parameter, text)
        if key not in book.trials:
            side = read_side(draft.folder, book.policy.as_of, {**draft.trying, parameter: text})
            book.trials[key] = Book(side, Search(book.search.remaining, book.search.most_each))
        yield text, book.trials[key]


def _naming(book: Book, condition: str) -> list[Clause]:
    """The clauses that name a condition."""
    return [
        clause
        for clause in book.policy.clauses.values()
        if any(condition in conditions_named(formula) for formula in (clause.when, *[o.when for o in clause.on_open]))
    ]


def _asked(book: Book) -> list[str]:
    """The conditions that a clause names, to decide or to tell why it is open."""
    named: dict[str, None] = {}
    for clause in book.policy.clauses.values():
        for formula in (clause.when, *[option.when for option in clause.on_open]):
            named.update(dict.fromkeys(conditions_named(formula)))
    return list(named)


def _condition(book: Book, name: str) -> Claim:
    title = book.policy.conditions[name].title
    accepted = book.accepted_at(book.side.draft.conditions.entries, name, "condition_matters")
    claim = Claim("condition_matters", name, Verdict.UNDECIDED, Bilingual("", ""))
    for value, constant in _CONSTANTS:
        claim = book.matters(
            "condition_matters",
            name,
            _changed(book, {name: Holds(Constant(value))}),
            Bilingual(f"条件“{title}”改变某人的结论或原因", f"condition {name} changes somebody's outcome or reasons"),
            Bilingual(
                f"条件“{title}”当作{constant.zh}，任何人的结论和原因都不变",
                f"with condition {name} {constant.en} everybody is decided as before",
            ),
            places=[book.at_condition(name)],
            accepted=accepted,
        )
        if claim.verdict is not Verdict.PROVED:
            return _woken(
                book, _naming(book, name), claim, partial(_changed, expressions={name: Holds(Constant(value))})
            )
    return claim


def _parts(book: Book, name: str) -> Iterator[Claim]:
    condition = book.policy.conditions[name]
    accepted = book.accepted_at(book.side.draft.conditions.entries, name, "part_matters")
    for number, (part, rest) in enumerate(parts_of(condition.expression)):
        if _is_switch(part):
            continue
        zh, en = say_formula(part, book.policy)
        claim = book.matters(
            "part_matters",
            f"{name}#{number}",
            _changed(book, {name: rest}),
            Bilingual(f"条件“{condition.title}”中的“{zh}”起作用", f"“{en}” in condition {name} has an effect"),
            Bilingual(
                f"条件“{condition.title}”删去“{zh}”，任何人的结论和原因都不变",
                f"without “{en}” in condition {name} everybody is decided as before",
            ),
            places=[book.at_condition(name)],
            accepted=accepted,
        )
        yield _woken(book, _naming(book, name), claim, partial(_changed_without, name=name, number=number))


def _is_switch(part: Formula) -> bool:
    """Whether it is a yes/no of the law, which stands for its parameter, or the selector of a `case`, which no one wrote."""
    match part:
        case Holds(of=Constant()):
            return True
        case Compare(left=FactRef(), right=Constant(value=str())) | Within():
            return True
    return False


def _changed_without(book: Book, name: str, number: int) -> z3.BoolRef:
    """Somebody is decided otherwise where the condition lacks its part of that number."""
    parts = parts_of(book.policy.conditions[name].expression)
    return _changed(book, {name: parts[number][1]}) if number < len(parts) else z3.BoolVal(False)


def parts_of(formula: Formula) -> list[tuple[Formula, Formula]]:
    """Every part of the conjunctions and disjunctions of a condition, with the condition as it is without the part."""
    return list(_without_a_part(formula))


def _without_a_part(formula: Formula) -> Iterator[tuple[Formula, Formula]]:
    """Every part of a conjunction or disjunction, with the formula that is left without it."""
    match formula:
        case Not(of=inner):
            for part, rest in _without_a_part(inner):
                yield part, Not(rest)
        case Readings(of=inner):
            for part, rest in _without_a_part(inner):
                yield part, replace(formula, of=rest)
        case AllOf(of=parts) | AnyOf(of=parts) if len(parts) > 1 and not _switched_off(formula):
            for i, part in enumerate(parts):
                others = (*parts[:i], *parts[i + 1 :])
                yield part, others[0] if len(others) == 1 else replace(formula, of=others)
                for inner_part, rest in _without_a_part(part):
                    yield inner_part, replace(formula, of=(*parts[:i], rest, *parts[i + 1 :]))


def _switched_off(formula: Formula) -> bool:
    """Whether it is a condition that has a meaning only while a parameter is unset, which it is not."""
    return isinstance(formula, AllOf) and formula.of[-1] == Holds(Constant(value=False))


def _changed(book: Book, expressions: Mapping[str, Formula]) -> z3.BoolRef:
    """Somebody is decided otherwise, or for other reasons, where some conditions have other expressions."""
    conditions = {
        name: replace(condition, expression=expressions.get(name, condition.expression))
        for name, condition in book.policy.conditions.items()
    }
    encoder, marks = book.anybody.encoder, dict(book.anybody.conditions)
    defined = len(encoder.definitions)
    marks.update({name: encoder.rails(formula) for name, formula in expressions.items()})
    for clause in book.policy.clauses.values():
        if clause.readings and not expressions.keys().isdisjoint(conditions_named(clause.when)):
            reading = book.policy.conditions[clause.readings].expression
            if isinstance(reading, Readings):
                marks[clause.readings] = encoder.rails(replace(reading, of=written_out(clause.when, conditions)))
    book.search.assume(*encoder.definitions[defined:])
    change, placeholders = book.change
    pairs = [
        pair
        for name, mark in placeholders.items()
        for pair in ((mark.proven, marks[name].proven), (mark.refuted, marks[name].refuted))
    ]
    return z3.substitute(change, *pairs)


def _reasons(book: Book) -> Iterator[Claim]:
    given: dict[tuple[str, str], list[z3.BoolRef]] = {}
    for each in book.decision.reasons:
        if each.reason != POLICY_UNSET:
            given.setdefault((each.clause, each.reason), []).append(each.when)
    for (clause, reason), whens in given.items():
        titles = book.policy.reasons[reason].title, book.policy.clauses[clause].title
        claim = book.matters(
            "reason_given",
            f"{clause} {reason}",
            z3.Or(*whens),
            Bilingual(
                f"条款“{titles[1]}”给出过原因“{titles[0]}”", f"clause {clause} gives reason {reason} to somebody"
            ),
            Bilingual(
                f"条款“{titles[1]}”的原因“{titles[0]}”不会给任何人", f"clause {clause} gives reason {reason} to nobody"
            ),
            places=[book.at_clause(clause)],
            accepted=book.accepted_at(book.side.draft.clauses.entries, clause, "reason_given"),
        )
        yield _woken(book, [book.policy.clauses[clause]], claim, partial(_given, clause=clause, reason=reason))


def _given(book: Book, clause: str, reason: str) -> z3.BoolRef:
    whens = [each.when for each in book.decision.reasons if (each.clause, each.reason) == (clause, reason)]
    return z3.Or(*whens) if whens else z3.BoolVal(False)
