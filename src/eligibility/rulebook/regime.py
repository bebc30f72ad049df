"""Which rulebook applies to whom: by the day of approval and the place of the land.

The day may be known only as a range and the place not at all; then every rulebook that may apply is named. One
applies; none, or several, is a question for a person, never a refusal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eligibility.model.citation import Citation

Approved = tuple[date | None, date | None]
"""First and last day on which the land may have been approved for taking; None: unbounded."""


@dataclass(frozen=True, slots=True)
class Regime:
    """A rulebook with the places and days of approval to which it applies; `until` is exclusive, None unbounded."""

    rulebook: str
    title: str
    places: tuple[str, ...]
    since: date | None
    until: date | None
    citation: Citation

    def meets(self, approved: Approved) -> bool:
        """Whether some day of the range lies in this regime.

        >>> from eligibility.model.policy import Status
        >>> old = Regime("old", "", (), None, date(2009, 1, 1), Citation("", "", "", Status.SEEN))
        >>> old.meets((date(2008, 12, 31), None)), old.meets((date(2009, 1, 1), None))
        (True, False)
        """
        first, last = approved
        begun = self.since is None or last is None or last >= self.since
        not_over = self.until is None or first is None or first < self.until
        return begun and not_over


def choose(regimes: tuple[Regime, ...], approved: Approved, place: str | None) -> tuple[str, ...]:
    """Return the ids of the rulebooks that may apply to land approved in that range at that place (None: unknown).

    One id: that rulebook applies. None, or several: a person must choose.
    """
    return tuple(r.rulebook for r in regimes if (place is None or place in r.places) and r.meets(approved))


def other_regimes(regimes: tuple[Regime, ...], rulebook: str, approved: Approved) -> tuple[Regime, ...]:
    """Return the regimes to try if `rulebook` cannot apply on any day of the range; empty if it can.

    Only regimes of places that `rulebook` serves are named: the place of the land is the same under either.
    """
    places = {place for r in regimes if r.rulebook == rulebook for place in r.places}
    met = [r for r in regimes if places.intersection(r.places) and r.meets(approved)]
    return () if any(r.rulebook == rulebook for r in met) else tuple(met)
