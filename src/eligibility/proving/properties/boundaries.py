"""Every line of a single fact is met exactly once: who stands on it is decided as one side, or is referred."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import z3

from eligibility.labels.values import say_constant
from eligibility.model.diagnostic import Bilingual
from eligibility.model.formula import Compare, Constant, FactRef, walk
from eligibility.model.policy import FactSpec
from eligibility.proving.book import Book
from eligibility.proving.calendar import fixed
from eligibility.proving.claims import Claim
from eligibility.proving.knowledge import LOWEST, TRUE, End, Range
from eligibility.proving.outcomes import OUTCOMES, Decision, Symbols
from eligibility.proving.search import Answer

_NAMES = ("below", "line", "above")


def lines_of(book: Book) -> dict[tuple[str, int | date], list[str]]:
    """Each fact with each value that it is compared with, and the conditions that do so."""
    lines: dict[tuple[str, int | date], list[str]] = {}
    for condition in book.policy.conditions.values():
        if condition.id not in book.side.draft.conditions.entries:
            continue
        for part in walk(condition.expression):
            match part:
                case Compare(left=FactRef(id=fact), right=Constant(value=value)) | Compare(
                    left=Constant(value=value), right=FactRef(id=fact)
                ) if isinstance(value, int | date) and not isinstance(value, bool):
                    lines.setdefault((fact, value), []).append(condition.id)
    return lines


def boundary_claims(book: Book) -> Iterator[Claim]:
    """One claim for each line; a line at the least value of a fact has one side only, and so nothing to belong to."""
    for (fact, line), conditions in lines_of(book).items():
        spec = book.policy.facts[fact]
        if line != _lowest(spec):
            yield _boundary(book, spec, line, list(dict.fromkeys(conditions)))


def _boundary(book: Book, spec: FactSpec, line: int | date, conditions: list[str]) -> Claim:
    step = timedelta(days=1) if isinstance(line, date) else 1
    values = (line - step, line, line + step)  # type: ignore[operator]
    made = [_at(book, spec.id, name, value) for name, value in zip(_NAMES, values, strict=True)]
    persons, possible = [person for person, _ in made], z3.And(*[may_be for _, may_be in made])
    below, on_line, above = (person.decision() for person in persons)
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
        persons=[(name, person, "") for name, person in zip(_NAMES, persons, strict=True)],
        places=[book.at_condition(name) for name in conditions],
    )


def _side(book: Book, changes: z3.BoolRef, decisions: tuple[Decision, Decision, Decision]) -> Bilingual:
    """To which side the line belongs, for those whose outcome changes there."""
    below, on_line, above = decisions
    belongs = {
        Bilingual("归下方", "belongs below"): _same(on_line, below),
        Bilingual("归上方", "belongs above"): _same(on_line, above),
        Bilingual("转核查", "is referred"): on_line.outcomes["manual_review"],
    }
    answers = {words: book.search.ask(z3.And(changes, when)) for words, when in belongs.items()}
    sides = [words for words, answer in answers.items() if answer is Answer.SOMEBODY]
    if not sides:
        return Bilingual("不单独改变结论", "changes no outcome by itself")
    return Bilingual("或".join(words.zh for words in sides), " or ".join(words.en for words in sides))


def _same(first: Decision, second: Decision) -> z3.BoolRef:
    return z3.And(*[first.outcomes[name] == second.outcomes[name] for name in OUTCOMES])


def _at(book: Book, fact: str, name: str, value: int | date) -> tuple[Symbols, z3.BoolRef]:
    end = End(TRUE, fixed(value) if isinstance(value, date) else z3.IntVal(value))
    return book.variant(f"{name}.{fact}.{value}", {fact: Range(end, end)})


def _lowest(spec: FactSpec) -> int | date:
    return date.min if spec.type.value == "date" else LOWEST.get(spec.type, 0)
