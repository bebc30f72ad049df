"""Every line of a single fact is met exactly once: who stands on it is decided as one side, or is referred."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import z3

from eligibility.labels.values import say_constant
from eligibility.model.diagnostic import Bilingual
from eligibility.model.formula import Compare, Constant, FactRef, Formula, Holds, lines_in, rebuilt
from eligibility.model.policy import FactSpec
from eligibility.proving.book import Book
from eligibility.proving.calendar import fixed
from eligibility.proving.claims import Claim
from eligibility.proving.knowledge import LOWEST, TRUE, End, Range
from eligibility.proving.outcomes import OUTCOMES, Decision, Symbols
from eligibility.proving.search import Answer


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


def _boundary(book: Book, spec: FactSpec, line: int | date, conditions: list[str]) -> Claim:
    """Only this line is crossed: whatever else the fact is compared with meets the person who stands on the line."""
    value = fixed(line) if isinstance(line, date) else z3.IntVal(line)
    end = End(TRUE, value)
    person, possible = book.variant(f"line.{spec.id}.{line}", {spec.id: Range(end, end)})
    below, on_line, above = (_beside(book, person, spec.id, line, place) for place in (-1, 0, 1))
    book.search.assume(*person.encoder.definitions)
    alone = z3.And(possible, z3.Not(_same(on_line, below)), z3.Not(_same(on_line, above)), on_line.decided)
    title = say_constant(line, spec)
    sides = _side(book, z3.And(possible, z3.Not(_same(below, above))), (below, on_line, above))
    return book.claim(
        "boundary_once",
        f"{spec.id} {line}",
        alone,
        Bilingual(f"“{spec.title}”恰为{title.zh}：{sides.zh}", f"{spec.id} exactly {title.en}: {sides.en}"),
        Bilingual(
            f"“{spec.title}”恰为{title.zh}的人，结论与两边都不同，又不转核查",
            f"with {spec.id} exactly {title.en} the outcome is that of neither side, and no review",
        ),
        persons=[("", person, "")],
        places=[book.at_condition(name) for name in conditions],
    )


def _beside(book: Book, person: Symbols, fact: str, line: int | date, place: int) -> Decision:
    """What is decided of the person on the line if, for this line alone, the fact were just below (-1) or above (1)."""

    def leaf(part: Formula) -> Formula:
        match part:
            case Compare(op=op, left=FactRef(id=name), right=Constant(value=value)) if (name, value) == (fact, line):
                return Holds(Constant(_holds(op, place)))
            case Compare(op=op, left=Constant(value=value), right=FactRef(id=name)) if (name, value) == (fact, line):
                return Holds(Constant(_holds(op, -place)))
        return part

    moved = {
        each.id: person.encoder.rails(made)
        for each in book.policy.conditions.values()
        if (made := rebuilt(each.expression, leaf)) != each.expression
    }
    return person.decision(marks=moved)


def _holds(op: str, place: int) -> bool | None:
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
