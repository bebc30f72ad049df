"""Where two rulebooks differ, as regions of facts: for every fact that matters the values that it then has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import z3

from eligibility.labels.values import say_constant, say_value
from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import FactSpec, FactType
from eligibility.proving.calendar import fixed
from eligibility.proving.knowledge import Range, Words, choices_of, key


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of what may be known of a fact: unknown, a word, a line, or all between two lines."""

    kind: str  # unknown, value, between
    low: int | date | str | bool | None = None
    high: int | date | None = None


UNKNOWN = Cell("unknown")


def cells_of(spec: FactSpec, lines: Sequence[int | date], named: set[str]) -> list[Cell]:
    """All that may be known of a fact, in parts on which no comparison with a line differs."""
    if spec.type is FactType.TRUTH:
        return [UNKNOWN, Cell("value", True), *([] if spec.never_false else [Cell("value", False)])]
    if spec.type is FactType.CHOICE:
        return [UNKNOWN, *[Cell("value", word) for word in choices_of(spec, named)]]
    bounds: list[int | date | None] = [None, *sorted(set(lines)), None]
    cells = [UNKNOWN]
    for low, high in pairwise(bounds):
        cells.append(Cell("between", low, high))
        if high is not None:
            cells.append(Cell("value", high))
    return cells


def holds(cell: Cell, known: Range, words: Words, *, ordered: bool) -> z3.BoolRef:
    """The fact is known exactly, and its value is in the cell; or nothing is known of it."""
    ends = (known.lo, known.hi) if ordered else (known.lo,)
    if cell.kind == "unknown":
        return z3.And(*[z3.Not(end.known) for end in ends])
    exact = [end.known for end in ends]
    value = key(known.lo.value)
    if ordered:
        exact.append(value == key(known.hi.value))
    match cell.low:
        case bool() as wanted if cell.kind == "value":
            return z3.And(*exact, known.lo.value == wanted)
        case str() as word:
            return z3.And(*exact, value == words.number(word))
    if cell.kind == "value" and cell.low is not None:
        return z3.And(*exact, value == _order(cell.low))
    if cell.low is not None:
        exact.append(value > _order(cell.low))
    if cell.high is not None:
        exact.append(value < _order(cell.high))
    return z3.And(*exact)


def _order(line: object) -> z3.ArithRef:
    return fixed(line).order if isinstance(line, date) else z3.IntVal(line)


def cells_text(spec: FactSpec, cells: Sequence[Cell]) -> Bilingual:
    """The cells of a fact in words, neighbours joined: 大于 0.3 亩、不高于 0.35 亩."""
    parts: list[Bilingual] = []
    if UNKNOWN in cells:
        parts.append(Bilingual("不详", "unknown"))
    known = [cell for cell in cells if cell is not UNKNOWN and cell.kind != "unknown"]
    if spec.type.ordered:
        parts.extend(_span_text(spec, span) for span in _spans(known))
    else:
        parts.extend(_word(spec, cell) for cell in known)
    return Bilingual("或".join(part.zh for part in parts), " or ".join(part.en for part in parts))


def _word(spec: FactSpec, cell: Cell) -> Bilingual:
    return say_value(cell.low, spec.type.value, spec.unit)


def _spans(cells: list[Cell]) -> list[list[Cell]]:
    spans: list[list[Cell]] = []
    for cell in cells:
        if spans and _touch(spans[-1][-1], cell):
            spans[-1].append(cell)
        else:
            spans.append([cell])
    return spans


def _touch(first: Cell, second: Cell) -> bool:
    end = first.low if first.kind == "value" else first.high
    return end is not None and second.low == end


def _span_text(spec: FactSpec, span: list[Cell]) -> Bilingual:
    first, last = span[0], span[-1]
    low, high = first.low, last.low if last.kind == "value" else last.high
    if low is not None and low == high:
        value = say_constant(low, spec)
        return Bilingual(f"恰为 {value.zh}", f"exactly {value.en}")
    parts: list[Bilingual] = []
    if low is not None:
        value = say_constant(low, spec)
        closed = first.kind == "value"
        parts.append(
            Bilingual(f"{'不低于' if closed else '高于'} {value.zh}", f"{'at least' if closed else 'above'} {value.en}")
        )
    if high is not None:
        value = say_constant(high, spec)
        closed = last.kind == "value"
        parts.append(
            Bilingual(f"{'不高于' if closed else '低于'} {value.zh}", f"{'at most' if closed else 'below'} {value.en}")
        )
    if not parts:
        return Bilingual("为任何数", "any number")
    return Bilingual("、".join(part.zh for part in parts), " and ".join(part.en for part in parts))
