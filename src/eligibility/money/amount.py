"""Ranges of exact amounts, with the parameters they rest on and those without which there is no figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from eligibility.model.benefit import Rounding

End = Fraction | None


@dataclass(frozen=True, slots=True)
class Amount:
    """All values from `low` to `high`; None: not bounded. `used` parameters were asked, `unset` of them have no value."""

    low: End
    high: End
    used: frozenset[str] = field(default=frozenset())
    unset: frozenset[str] = field(default=frozenset())

    @property
    def point(self) -> Fraction | None:
        """The value, where it is one and known."""
        return self.low if self.low is not None and self.low == self.high else None

    def resting_on(self, *others: Amount) -> Amount:
        """The same, resting on what `others` rest on too."""
        used, unset = self.used, self.unset
        for other in others:
            used, unset = used | other.used, unset | other.unset
        return replace(self, used=used, unset=unset)

    def rounded(self, rounding: Rounding) -> Amount:
        """Both ends rounded: rounding keeps their order."""
        low, high = (None if end is None else rounding.of(end) for end in (self.low, self.high))
        return replace(self, low=low, high=high)


UNKNOWN = Amount(None, None)


def exactly(value: Fraction) -> Amount:
    """One known value."""
    return Amount(value, value)


def hull(amounts: Sequence[Amount]) -> Amount:
    """The least range that holds all of them; of none: not known."""
    if not amounts:
        return UNKNOWN
    lows, highs = [entry.low for entry in amounts], [entry.high for entry in amounts]
    low = None if None in lows else min(end for end in lows if end is not None)
    high = None if None in highs else max(end for end in highs if end is not None)
    return Amount(low, high).resting_on(*amounts)


def least(amounts: Sequence[Amount]) -> Amount:
    """The least of several quantities."""
    return _extreme(amounts, min, any_bound=("high",))


def greatest(amounts: Sequence[Amount]) -> Amount:
    """The greatest of several quantities."""
    return _extreme(amounts, max, any_bound=("low",))


def calculated(sign: str, left: Amount, right: Amount) -> Amount:
    """The sum, difference, product or quotient of two ranges; a quotient by what may be zero is not known."""
    match sign:
        case "+":
            reached = Amount(_sum(left.low, right.low), _sum(left.high, right.high))
        case "-":
            reached = Amount(_sum(left.low, _minus(right.high)), _sum(left.high, _minus(right.low)))
        case "*":
            reached = _product(left, right)
        case "/":
            reached = _quotient(left, right)
        case _:
            raise TypeError(f"no calculation {sign!r}")
    return reached.resting_on(left, right)


def _extreme(amounts: Sequence[Amount], of: Callable[..., Fraction], any_bound: tuple[str, ...]) -> Amount:
    """An end on the side of `any_bound` needs one bounded range, on the other side all of them."""
    ends: dict[str, End] = {}
    for name in ("low", "high"):
        known = [end for entry in amounts if (end := getattr(entry, name)) is not None]
        ends[name] = of(known) if known and (name in any_bound or len(known) == len(amounts)) else None
    return Amount(ends["low"], ends["high"]).resting_on(*amounts)


def _sum(left: End, right: End) -> End:
    return None if left is None or right is None else left + right


def _minus(end: End) -> End:
    return None if end is None else -end


def _times(end: End, by: Fraction) -> End:
    return None if end is None else end * by


def _product(left: Amount, right: Amount) -> Amount:
    ends = (left.low, left.high, right.low, right.high)
    if None not in ends:
        every = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]  # type: ignore[operator]
        return Amount(min(every), max(every))
    for entry, other in ((left, right), (right, left)):
        if (by := other.point) is not None and by >= 0:
            return Amount(_times(entry.low, by), _times(entry.high, by))
    if left.low is not None and right.low is not None and left.low >= 0 and right.low >= 0:
        return Amount(left.low * right.low, None)
    return UNKNOWN


def _quotient(above: Amount, below: Amount) -> Amount:
    if below.low is None or below.low <= 0:
        return UNKNOWN
    inverse = Amount(None if below.high is None else 1 / below.high, 1 / below.low)
    if inverse.low is None:
        inverse = replace(inverse, low=Fraction(0))
    return _product(above, inverse)
