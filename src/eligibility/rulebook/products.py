"""Products and quotients of a comparison: divisors are taken to the other side, and a quantity a head meets its heads.

`家庭月收入 / 共同生活人数 < 1.5 * 低保标准` is `家庭月收入 < 1.5 * 低保标准 * 共同生活人数`: a sum of facts times numbers of
the law, so that ranges go through exactly. What cannot be brought into that form is said so by whoever reads the parts.
"""

from __future__ import annotations

from dataclasses import replace

from eligibility.model.policy import FactSpec, FactType, Parameter
from eligibility.model.units import UNITS
from eligibility.rulebook.parts import BARE, Calculation, Case, Measure, Number, Part, measure_of

PER = {FactType.AREA_PER_HEAD: FactType.AREA, FactType.MONEY: FactType.MONEY, FactType.COUNT: FactType.COUNT}
"""What a quantity a head (a household, a month) becomes when it is multiplied with so many of them."""


def is_bare(part: Part) -> bool:
    """Whether a part is a number without a unit, which multiplies."""
    match part:
        case Number():
            return part.is_bare
        case Parameter():
            return part.type in BARE
        case Calculation(sign="*" | "/", left=left, right=right):
            return is_bare(left) and is_bare(right)
        case Case(parts=parts):
            return bool(parts) and all(is_bare(item) for item in parts.values())
    return False


def cleared(sides: list[Part]) -> list[Part]:
    """The two sides of a comparison with every divisor that is a quantity taken to the other side.

    Where both sides are divided, or one twice, they stay as they are: facts would be multiplied with facts.
    """
    (left, under_left), (right, under_right) = (_split(side) for side in sides)
    divisors = (*under_left, *under_right)
    if len(divisors) != 1:
        return sides
    return [_times(left, under_right), _times(right, under_left)]


def divisors_of(sides: list[Part]) -> list[str]:
    """Ids of the facts that divide, of which none can be nothing."""
    return [part.id for side in sides for part in _split(side)[1] if isinstance(part, FactSpec)]


def factors_of(part: Part) -> list[Part]:
    """What is multiplied in a part, in the order of its text; a quotient by a bare number is one factor."""
    if isinstance(part, Calculation) and part.sign == "*":
        return [*factors_of(part.left), *factors_of(part.right)]
    return [part]


def common_measure(sides: list[Part]) -> Measure | None:
    """By what a comparison is measured: the first side that is a quantity, then one that is so much a head times heads."""
    products = [side for side in sides if _per_count(side) is not None]
    plain = [side for side in sides if _per_count(side) is None]
    measure = next((measure for side in plain if (measure := measure_of(side))), None)
    return measure or next((measure for side in products if (measure := _per_count(side))), None)


def _per_count(side: Part) -> Measure | None:
    """The measure of so much a head times heads; None of anything else."""
    quantities = [part for part in factors_of(side) if not is_bare(part)]
    counts = [part for part in quantities if isinstance(part, FactSpec) and part.type is FactType.COUNT]
    rest = [part for part in quantities if part not in counts]
    if len(counts) != 1 or len(rest) != 1:
        return None
    match rest[0]:
        case Parameter(type=kind) if kind in PER:
            of = PER[FactType(kind)]
        case Number(unit=unit):
            of = next((kind for kind in PER.values() if unit in UNITS[kind]), FactType.COUNT)
        case _:
            return None
    measure = measure_of(counts[0])
    unit = rest[0].unit if of is FactType.COUNT and isinstance(rest[0], Number | Parameter) else next(iter(UNITS[of]))
    return None if measure is None else replace(measure, type=of, unit=unit)


def quotient_of(part: Part) -> tuple[list[Part], list[Part]]:
    """What is multiplied above and below the line of a quotient; a divisor of a divisor stands above.

    A bare number stands above with the quantity that it multiplies, and so is no quotient of two quantities.
    """
    if isinstance(part, Calculation) and part.sign in "*/":
        (above, below), (more, under) = quotient_of(part.left), quotient_of(part.right)
        return ([*above, *more], [*below, *under]) if part.sign == "*" else ([*above, *under], [*below, *more])
    return [part], []


def _split(part: Part) -> tuple[Part, tuple[Part, ...]]:
    """A part without its divisors that are quantities, and these."""
    match part:
        case Calculation(sign="*", left=left, right=right):
            (first, under_first), (second, under_second) = _split(left), _split(right)
            return Calculation("*", first, second), (*under_first, *under_second)
        case Calculation(sign="/", left=left, right=right) if not is_bare(right):
            (above, under), (below, over) = _split(left), _split(right)
            if not isinstance(below, FactSpec | Parameter):
                return part, ()
            return _times(above, over), (*under, below)
        case Calculation(sign="/", left=left, right=right):
            above, under = _split(left)
            return Calculation("/", above, right), under
    return part, ()


def _times(part: Part, by: tuple[Part, ...]) -> Part:
    for factor in by:
        part = Calculation("*", part, factor)
    return part
