"""Whether an approval was given by an authority that could give it, by the law of its day (土地管理法 Art. 46)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from eligibility.domain.mark import Mark
from eligibility.domain.policy import Policy, Value
from eligibility.reconcile.papers import CULTIVATED, Approval, Parcel
from eligibility.reconcile.rounding import doubt

STATE_COUNCIL = "state_council"


def competence(
    approval: Approval, parcels: Iterable[Parcel], policy: Policy, *, stray: Iterable[Parcel] = (), basic: bool = False
) -> Mark:
    """Proven, refuted or open. By land class and strictly greater, never by total area.

    The State Council may approve everything; who else may is the parameter `approving_authorities`. Basic farmland, or
    other 耕地 above `state_council_farmland_line`, or other land above `state_council_other_line`, needs the State
    Council. A blank authority, class, or a parcel that could not be read leaves open what it could change; so do `stray`
    parcels that may belong to the approval, and that an agreement which it may cover says basic farmland (`basic`).
    """
    allowed = _law("approving_authorities", approval, policy)
    if approval.authority is None or not isinstance(allowed, tuple):
        return Mark.OPEN
    if approval.authority not in allowed:
        return Mark.REFUTED
    if approval.authority == STATE_COUNCIL:
        return Mark.PROVEN
    mark = _within_province(approval, list(parcels), list(stray), policy)
    return Mark.OPEN if basic and mark is Mark.PROVEN else mark


def _within_province(approval: Approval, parcels: list[Parcel], stray: list[Parcel], policy: Policy) -> Mark:
    other = {p.land_class for p in (*parcels, *stray) if p.land_class} - CULTIVATED
    lines = (
        (_area(parcels, stray, {"basic_farmland"}), 0),
        (_area(parcels, stray, {"farmland"}), _law("state_council_farmland_line", approval, policy)),
        (_area(parcels, stray, other), _law("state_council_other_line", approval, policy)),
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


def _area(parcels: list[Parcel], stray: list[Parcel], classes: Collection[str]) -> tuple[int, int]:
    """Least and most collective area of these classes, in micro-亩.

    A blank class or ownership, and a parcel that may be another approval's, counts to the most only; so does what a
    coarse figure may be more.
    """
    of = [p for p in parcels if p.land_class in classes and p.ownership == "collective"]
    perhaps = [
        p for p in (*parcels, *stray) if (p.land_class in classes or not p.land_class) and p.ownership != "state"
    ]
    return sum(max(0, p.area - doubt(p.half)) for p in of), sum(p.area + doubt(p.half) for p in perhaps)
