"""Whether an approval was given by an authority that could give it, by the law of its day (土地管理法 Art. 46)."""

from __future__ import annotations

from collections.abc import Iterable

from eligibility.domain.mark import Mark
from eligibility.domain.policy import Policy, Value
from eligibility.reconcile.papers import CULTIVATED, Approval, Parcel

STATE_COUNCIL = "state_council"


def competence(approval: Approval, parcels: Iterable[Parcel], policy: Policy) -> Mark:
    """Proven, refuted or open. By land class and strictly greater, never by total area.

    The State Council may approve everything; who else may is the parameter `approving_authorities`. Basic farmland, or
    other 耕地 above `state_council_farmland_line`, or other land above `state_council_other_line`, needs the State
    Council. A blank authority, class, or a parcel that could not be read leaves open what it could change.
    """
    allowed = _law("approving_authorities", approval, policy)
    if approval.authority is None or not isinstance(allowed, tuple):
        return Mark.OPEN
    if approval.authority not in allowed:
        return Mark.REFUTED
    if approval.authority == STATE_COUNCIL:
        return Mark.PROVEN
    return _within_province(approval, list(parcels), policy)


def _within_province(approval: Approval, parcels: list[Parcel], policy: Policy) -> Mark:
    lines = (
        (_area(parcels, {"basic_farmland"}), 0),
        (_area(parcels, {"farmland"}), _law("state_council_farmland_line", approval, policy)),
        (_other(parcels), _law("state_council_other_line", approval, policy)),
    )
    if any(isinstance(line, int) and least > line for (least, _), line in lines):
        return Mark.REFUTED
    if approval.torn or any(not isinstance(line, int) or most > line for (_, most), line in lines):
        return Mark.OPEN
    return Mark.PROVEN


def _law(parameter: str, approval: Approval, policy: Policy) -> Value | None:
    """The parameter on the day of approval; None where that day, or its law, is not certain."""
    timeline = policy.parameters[parameter]
    first, last = timeline.on(approval.lo), timeline.on(approval.hi)
    return first.value if first is not None and first == last else None


def _area(parcels: list[Parcel], classes: set[str]) -> tuple[int, int]:
    """Least and most collective area of these classes, in micro-亩: blank class or ownership counts to the most only."""
    sure = sum(p.area for p in parcels if p.land_class in classes and p.ownership == "collective")
    maybe = sum(p.area for p in parcels if (p.land_class in classes or not p.land_class) and p.ownership != "state")
    return sure, maybe


def _other(parcels: list[Parcel]) -> tuple[int, int]:
    classes = {p.land_class for p in parcels if p.land_class} - CULTIVATED
    return _area(parcels, classes)
