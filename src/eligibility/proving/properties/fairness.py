"""What a rulebook promises: no outcome depends on some facts, and some changes never hurt."""

from __future__ import annotations

from collections.abc import Iterator

import z3

from eligibility.model.diagnostic import Bilingual, SourceLocation
from eligibility.model.policy import FactType
from eligibility.proving.book import Book, differ
from eligibility.proving.claims import Claim, Verdict
from eligibility.proving.knowledge import Knowledge, key, same
from eligibility.proving.outcomes import Decision, Symbols
from eligibility.rulebook.promise_types import Help


def fairness_claims(book: Book) -> Iterator[Claim]:
    """Each promise of the rulebook."""
    promises = book.side.draft.promises
    if not (promises.never_depends_on or promises.never_hurts):
        return
    other = book.person("other")
    second = other.decision()
    for meant in promises.never_depends_on:
        telling = [fact for fact in meant.facts if fact in book.policy.facts]
        places = [(meant.name, meant.at), *_asking(book, telling)]
        if not telling:
            nobody = _nobody_asks(meant.title, meant.name)
            yield Claim("never_depends_on", meant.name, Verdict.PROVED, nobody, tuple(places))
            continue
        rest = [
            same(book.anybody.knowledge, other.knowledge, name) for name in book.policy.facts if name not in telling
        ]
        yield book.claim(
            "never_depends_on",
            meant.name,
            z3.And(differ(book.decision, second), *rest),
            Bilingual(f"结论不因“{meant.title}”而异", f"no outcome depends on {meant.name}"),
            Bilingual(
                f"只有“{meant.title}”不同的两个人，结论不同",
                f"two persons who differ in {meant.name} alone are decided differently",
            ),
            persons=[("one", book.anybody, ""), ("other", other, "")],
            places=places,
        )
    for help_meant in promises.never_hurts:
        yield _never_hurts(book, help_meant, other, second)


def _never_hurts(book: Book, meant: Help, other: Symbols, second: Decision) -> Claim:
    outcomes, after = book.decision.outcomes, other.knowledge
    worse = z3.And(z3.Or(outcomes["eligible"], outcomes["register"]), second.outcomes["not_eligible"])
    spec = book.side.draft.fact_specs[meant.fact]
    grows = Bilingual("增多" if meant.more else "减少", "more" if meant.more else "less")
    if spec.type is FactType.TRUTH:
        grows = Bilingual("变为是" if meant.more else "变为否", "becoming true" if meant.more else "becoming false")
    if meant.fact not in book.policy.facts:
        return Claim(
            "never_hurts", meant.fact, Verdict.PROVED, _nobody_asks(spec.title, spec.id), ((meant.fact, meant.at),)
        )
    along = {name: more for name, more in meant.along if name in book.policy.facts}
    moved = [_moved(book.anybody.knowledge, after, meant.fact, more=meant.more)]
    moved += [
        z3.Or(same(book.anybody.knowledge, after, name), _moved(book.anybody.knowledge, after, name, more=more))
        for name, more in along.items()
    ]
    rest = [
        same(book.anybody.knowledge, after, name)
        for name in book.policy.facts
        if name != meant.fact and name not in along
    ]
    return book.claim(
        "never_hurts",
        meant.fact,
        z3.And(worse, *moved, *rest),
        Bilingual(
            f"“{spec.title}”{grows.zh}，不会把符合变成不符合",
            f"{grows.en} {meant.fact} never turns eligible into refused",
        ),
        Bilingual(f"“{spec.title}”{grows.zh}，反而不符合了", f"{grows.en} {meant.fact} turns eligible into refused"),
        persons=[("before", book.anybody, ""), ("after", other, "not_eligible")],
        places=[(meant.fact, meant.at)],
    )


def _moved(before: Knowledge, after: Knowledge, fact: str, *, more: bool) -> z3.BoolRef:
    """The fact grew (or fell): both ends of its range no lower, as much known as before; a truth became true."""
    first, second = before.ranges[fact], after.ranges[fact]
    if not before.facts[fact].type.ordered:
        reached = second.lo.value if more else z3.Not(second.lo.value)
        had = z3.And(first.lo.known, first.lo.value if more else z3.Not(first.lo.value))
        return z3.And(z3.Not(had), second.lo.known, reached)
    pairs = ((first.lo, second.lo), (first.hi, second.hi))
    low, high = (first, second) if more else (second, first)
    return z3.And(
        *[a.known == b.known for a, b in pairs],
        z3.Implies(first.lo.known, key(low.lo.value) <= key(high.lo.value)),
        z3.Implies(first.hi.known, key(low.hi.value) <= key(high.hi.value)),
    )


def _nobody_asks(title: str, name: str) -> Bilingual:
    return Bilingual(f"没有一个条件用到“{title}”", f"no condition asks {name}")


def _asking(book: Book, facts: list[str]) -> list[tuple[str, SourceLocation]]:
    """The conditions that ask one of the facts, with their places."""
    entries = book.side.draft.conditions.entries
    asking = [each for each in book.policy.conditions.values() if not set(facts).isdisjoint(each.facts)]
    return [book.at_condition(each.id) for each in asking if each.id in entries]
