"""Every line is met exactly once: who stands on it is decided as one side, or is referred.

A line is where a fact is compared with a value; or where sums, shares, ages, or two facts are weighed against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

import z3

from eligibility.labels.values import say_constant
from eligibility.model.diagnostic import Bilingual
from eligibility.model.formula import (
    Compare,
    Constant,
    FactRef,
    Formula,
    Holds,
    Shifted,
    lines_in,
    rebuilt,
    unset,
    walk,
)
from eligibility.model.policy import FactSpec
from eligibility.proving.book import Book
from eligibility.proving.calendar import fixed
from eligibility.proving.claims import Claim
from eligibility.proving.knowledge import LOWEST, TRUE, End, Range
from eligibility.proving.marks import shares_of
from eligibility.proving.outcomes import OUTCOMES, Decision, Symbols
from eligibility.proving.search import Answer
from eligibility.rulebook.prose import say_formula

Meeting = tuple[object, int]
"""What is weighed against each other, and which way round."""

Turned = Callable[[Formula], int]
"""Whether a comparison is about the line: 1 as it stands, -1 the other way round, 0 not at all."""

_OPS = ("<", "<=", ">", ">=", "=", "!=", "<?")


def lines_of(book: Book) -> dict[tuple[str, int | date], list[str]]:
    """Each fact with each value that it is compared with, and the conditions that do so."""
    lines: dict[tuple[str, int | date], list[str]] = {}
    for condition in book.policy.conditions.values():
        if condition.id not in book.side.draft.conditions.entries:
            continue
        for fact, line in lines_in(condition.expression):
            lines.setdefault((fact, line), []).append(condition.id)
    return lines


def boundary_claims(book: Book) -> Iterator[Claim]:
    """One claim for each line; a line at the least value of a fact has one side only, and so nothing to belong to."""
    for (fact, line), conditions in lines_of(book).items():
        spec = book.policy.facts[fact]
        if line != _lowest(spec):
            yield _boundary(book, spec, line, list(dict.fromkeys(conditions)))
    yield from _sums_and_ages(book)


def _boundary(book: Book, spec: FactSpec, line: int | date, conditions: list[str]) -> Claim:
    """Only this line is crossed: whatever else the fact is compared with meets the person who stands on the line."""
    value = fixed(line) if isinstance(line, date) else z3.IntVal(line)
    end = End(TRUE, value)
    person, possible = book.variant(f"line.{spec.id}.{line}", {spec.id: Range(end, end)})
    title = say_constant(line, spec)
    words = Bilingual(f"“{spec.title}”恰为{title.zh}", f"{spec.id} exactly {title.en}")
    return _once(book, f"{spec.id} {line}", words, person, possible, _of_meeting(_line(spec.id, line)), conditions)


def meeting_of(formula: Formula) -> Meeting | None:
    """What a comparison weighs against each other; None where it is no comparison of quantities or days.

    Comparisons that weigh the same, whichever way round and in whatever multiple, have the same first part; the second is
    1, or -1 where the sides are the other way round.
    """
    if not isinstance(formula, Compare) or unset(formula) or formula.op not in _OPS:
        return None
    sides = (formula.left, formula.right)
    if any(isinstance(side, Constant) and not isinstance(side.value, int | date) for side in sides):
        return None
    if any(isinstance(side, Shifted) for side in sides):
        first, second = sorted(sides, key=repr)
        return (first, second), 1 if first == formula.left else -1
    constant, shares = Fraction(0), {}
    for of, share in shares_of(formula).items():
        if isinstance(of, Constant) and isinstance(of.value, int):
            constant += share * of.value
        elif share:
            shares[of] = share
    if not shares:
        return None
    share_of_first = shares[min(shares, key=repr)]
    scale, sign = abs(share_of_first), 1 if share_of_first > 0 else -1
    parts = frozenset((of, share * sign / scale) for of, share in shares.items())
    return (parts, constant * sign / scale), sign


def _sums_and_ages(book: Book) -> Iterator[Claim]:
    meetings: dict[object, list[tuple[str, int, Compare]]] = {}
    for condition in book.policy.conditions.values():
        if condition.id in book.side.draft.conditions.entries:
            for number, part in enumerate(walk(condition.expression)):
                if isinstance(part, Compare) and _is_ordered(part, book) and (meeting := meeting_of(part)) is not None:
                    meetings.setdefault(meeting[0], []).append((condition.id, number, part))
    for fact, line in lines_of(book):
        meetings.pop(_line(fact, line), None)  # a line of one fact, which has its own claim
    for weighed, places in meetings.items():
        name, number, compare = places[0]
        meets = replace(compare, op="=")
        known = len(book.anybody.encoder.definitions)
        on_line = book.anybody.encoder.rails(meets).proven
        book.search.assume(*book.anybody.encoder.definitions[known:])
        conditions = list(dict.fromkeys(condition for condition, _, _ in places))
        words = Bilingual(*say_formula(meets, book.policy))
        yield _once(book, f"{name}#{number}", words, book.anybody, on_line, _of_meeting(weighed), conditions)


def _is_ordered(compare: Compare, book: Book) -> bool:
    sides = (compare.left, compare.right)
    return all(book.policy.facts[side.id].type.ordered for side in sides if isinstance(side, FactRef))


def _once(  # noqa: PLR0913, PLR0917 - what a line is
    book: Book,
    subject: str,
    words: Bilingual,
    person: Symbols,
    on: z3.BoolRef,
    turned: Turned,
    conditions: list[str],
) -> Claim:
    """The claim that a person `on` the line is decided as one side, or is referred."""
    below, on_line, above = (_beside(book, person, turned, place) for place in (-1, 0, 1))
    book.search.assume(*person.encoder.definitions)
    alone = z3.And(on, z3.Not(_same(on_line, below)), z3.Not(_same(on_line, above)), on_line.decided)
    sides = _side(book, z3.And(on, z3.Not(_same(below, above))), (below, on_line, above))
    return book.claim(
        "boundary_once",
        subject,
        alone,
        Bilingual(f"{words.zh}：{sides.zh}", f"{words.en}: {sides.en}"),
        Bilingual(
            f"{words.zh}的人，结论与两边都不同，又不转核查",
            f"with {words.en} the outcome is that of neither side, and no review",
        ),
        persons=[("", person, "")],
        places=[book.at_condition(name) for name in conditions],
    )


def _line(fact: str, line: int | date) -> object:
    """What is weighed where a fact is compared with a value."""
    meeting = meeting_of(Compare("=", FactRef(fact), Constant(line)))
    return meeting[0] if meeting else None


def _of_meeting(weighed: object) -> Turned:
    def turned(part: Formula) -> int:
        meeting = meeting_of(part)
        return meeting[1] if meeting is not None and meeting[0] == weighed else 0

    return turned


def _beside(book: Book, person: Symbols, turned: Turned, place: int) -> Decision:
    """What is decided of the person on the line if, for this line alone, he were just below (-1) or above (1)."""

    def leaf(part: Formula) -> Formula:
        sign = turned(part)
        return Holds(Constant(holds(part.op, sign * place))) if sign and isinstance(part, Compare) else part

    moved = {
        each.id: person.encoder.rails(made)
        for each in book.policy.conditions.values()
        if (made := rebuilt(each.expression, leaf)) != each.expression
    }
    return person.decision(marks=moved)


def holds(op: str, place: int) -> bool | None:
    """Whether a number that is less (-1), equal (0) or more (1) fulfils the comparison; None: open."""
    if op == "<?":
        return None if place == 0 else place < 0
    return {"<": place < 0, "<=": place <= 0, ">": place > 0, ">=": place >= 0, "=": place == 0, "!=": place != 0}[op]


def _side(book: Book, changes: z3.BoolRef, decisions: tuple[Decision, Decision, Decision]) -> Bilingual:
    """To which side the line belongs, for those whose outcome changes there."""
    below, on_line, above = decisions
    belongs = {
        Bilingual("归下方", "belongs below"): _same(on_line, below),
        Bilingual("归上方", "belongs above"): _same(on_line, above),
        Bilingual("转核查", "is referred"): on_line.outcomes["manual_review"],
    }
    for more in (z3.And(below.decided, above.decided), z3.BoolVal(True)):
        asked = {words: z3.And(changes, more, when) for words, when in belongs.items()}
        sides = [words for words, when in asked.items() if book.search.ask(when) is Answer.SOMEBODY]
        if sides:
            break
    if not sides:
        return Bilingual("不单独改变结论", "changes no outcome by itself")
    return Bilingual("或".join(words.zh for words in sides), " or ".join(words.en for words in sides))


def _same(first: Decision, second: Decision) -> z3.BoolRef:
    return z3.And(*[first.outcomes[name] == second.outcomes[name] for name in OUTCOMES])


def _lowest(spec: FactSpec) -> int | date:
    return date.min if spec.type.value == "date" else LOWEST.get(spec.type, 0)
