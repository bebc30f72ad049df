"""Determines whether an approval was given by a competent authority under the law of its date (土地管理法 Art. 46)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from eligibility.model.policy import Policy, Value
from eligibility.model.truth import Truth
from eligibility.reconcile.papers import CULTIVATED, Approval, Parcel
from eligibility.reconcile.rounding import doubt

STATE_COUNCIL = "state_council"


def competence(
    approval: Approval,
    parcels: Iterable[Parcel],
    policy: Policy,
    *,
    unassigned: Iterable[Parcel] = (),
    basic: bool = False,
) -> Truth:
    """Return whether the authority was competent: by land class and strict comparison, never by total area.

    The State Council may approve everything; who else may is the parameter `approving_authorities`. Basic farmland, or
    other 耕地 above `state_council_farmland_line`, or other land above `state_council_other_line`, needs the State
    Council. A blank authority or class or an unreadable parcel leaves the result open if it could change it; so do
    `unassigned` parcels, which may belong to the approval, and an agreement on basic farmland that the approval may
    cover (`basic`).
    """
    allowed = _law("approving_authorities", approval, policy)
    if approval.authority is None or not isinstance(allowed, tuple):
        return Truth.OPEN
    if approval.authority not in allowed:
        return Truth.REFUTED
    if approval.authority == STATE_COUNCIL:
        return Truth.PROVEN
    mark = _within_province(approval, list(parcels), list(unassigned), policy)
    return Truth.OPEN if basic and mark is Truth.PROVEN else mark


def _within_province(approval: Approval, parcels: list[Parcel], unassigned: list[Parcel], policy: Policy) -> Truth:
    other = {p.land_class for p in (*parcels, *unassigned) if p.land_class} - CULTIVATED
    areas_and_limits = (
        (_area(parcels, unassigned, {"basic_farmland"}), 0),
        (_area(parcels, unassigned, {"farmland"}), _law("state_council_farmland_line", approval, policy)),
        (_area(parcels, unassigned, other), _law("state_council_other_line", approval, policy)),
    )
    if any(isinstance(limit, int) and least > limit for (least, _), limit in areas_and_limits):
        return Truth.REFUTED
    if approval.incomplete or any(not isinstance(limit, int) or most > limit for (_, most), limit in areas_and_limits):
        return Truth.OPEN
    return Truth.PROVEN


def _law(parameter: str, approval: Approval, policy: Policy) -> Value | None:
    """Return the parameter on the day of approval; None if that day or the value is not certain."""
    timeline = policy.parameters.get(parameter)
    if timeline is None:
        return None
    first, last = timeline.on(approval.approved_from), timeline.on(approval.approved_to)
    return first.value if first is not None and first == last else None


def _area(parcels: list[Parcel], unassigned: list[Parcel], classes: Collection[str]) -> tuple[int, int]:
    """Return the least and most collective area of these classes, in micro-亩.

    A parcel with blank class or ownership, or one that may belong to another approval, counts toward the most only; so
    does the upper rounding of a coarse figure.
    """
    certain = [p for p in parcels if p.land_class in classes and p.ownership == "collective"]
    possible = [
        p for p in (*parcels, *unassigned) if (p.land_class in classes or not p.land_class) and p.ownership != "state"
    ]
    return sum(max(0, p.area - doubt(p.half_unit)) for p in certain), sum(p.area + doubt(p.half_unit) for p in possible)
