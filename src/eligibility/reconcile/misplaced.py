"""Agreements whose place or class contradicts the approval that they cite, so that land of either may be meant.

An agreement of 二组 that cites an approval with land only in 一组 has the wrong group or the wrong number. It may have
taken land of either group, but certainly of neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from eligibility.reconcile.papers import COVERABLE, CULTIVATED, Line, Papers, Parcel
from eligibility.reconcile.positive_evidence import Claim, cited_approvals, same_class, same_group

Place = tuple[str, str | None]
"""A community and a group of it; None means any group."""


def cited_elsewhere(papers: Papers) -> dict[int, tuple[Parcel, ...]]:
    """Return for each line, by index, the parcels of cited approvals that list no land in its place."""
    by_approval: dict[str, list[Parcel]] = defaultdict(list)
    with_rejected = {parcel.approval for parcel in papers.rejected_parcels if parcel.index not in papers.unassigned}
    for parcel in papers.parcels:
        by_approval[parcel.approval].append(parcel)
    elsewhere: dict[int, tuple[Parcel, ...]] = {}
    for line in papers.lines:
        if line.cited and line.kind in COVERABLE:
            keys = set(cited_approvals(line.cited, papers)) - with_rejected
            parcels = tuple(p for key in sorted(keys) for p in _elsewhere(line, by_approval[key], papers))
            if parcels:
                elsewhere[line.index] = parcels
    return elsewhere


def with_rivals(
    claims: Mapping[int, Claim], elsewhere: Mapping[int, tuple[Parcel, ...]], papers: Papers
) -> dict[int, Claim]:
    """Return the claims, extended by non-binding claims of lines on land that the cited approval lists elsewhere."""
    lines = {line.index: line for line in papers.lines}
    extended = dict(claims)
    for i, parcels in elsewhere.items():
        claimed = tuple(p for p in parcels if p.ownership == "collective" and same_class(lines[i], p))
        if claimed:
            own = claims[i].parcels if i in claims and claims[i].cited else ()
            extended[i] = Claim((*own, *claimed), cited=True, binding=False)
    return extended


def alternative_places(papers: Papers, elsewhere: Mapping[int, tuple[Parcel, ...]]) -> Iterator[tuple[Line, Place]]:
    """Yield the places where each contradicted line may have taken farmland besides its own place, each once.

    A line whose approval lists only farmland in its place, but which names another class, may have taken farmland there.
    """
    by_approval: dict[str, list[Parcel]] = defaultdict(list)
    for parcel in papers.parcels:
        by_approval[parcel.approval].append(parcel)
    for line in papers.lines:
        if line.kind in COVERABLE and line.cited:
            cited = [p for p in elsewhere.get(line.index, ()) if p.land_class is None or p.land_class in CULTIVATED]
            places = dict.fromkeys(place for p in cited for place in _of_parcel(p, papers))
            if line.land_class not in (None, *CULTIVATED) and _only_farmland(line, by_approval, papers):
                places |= dict.fromkeys(_of_line(line, papers))
            yield from ((line, place) for place in places)


def _elsewhere(line: Line, parcels: list[Parcel], papers: Papers) -> list[Parcel]:
    if any(_same_place(line, parcel, papers) for parcel in parcels):
        return []
    return [parcel for parcel in parcels if parcel.ownership != "state"]


def _same_place(line: Line, parcel: Parcel, papers: Papers) -> bool:
    same_community = not {*papers.places_of(line.community)}.isdisjoint(papers.places_of(parcel.community))
    return same_community and same_group(line, parcel)


def _only_farmland(line: Line, by_approval: Mapping[str, list[Parcel]], papers: Papers) -> bool:
    """Whether the cited approvals list land in the place of the line, and only farmland."""
    cited = [p for key in cited_approvals(line.cited, papers) for p in by_approval.get(key, ())]
    same_place = [p for p in cited if p.ownership != "state" and _same_place(line, p, papers)]
    return bool(same_place) and all(p.land_class in CULTIVATED for p in same_place)


def _of_parcel(parcel: Parcel, papers: Papers) -> Iterator[Place]:
    for community in _communities(parcel.community, papers):
        yield from ((community, group) for group in sorted(parcel.groups) or (None,))


def _of_line(line: Line, papers: Papers) -> Iterator[Place]:
    for community in _communities(line.community, papers):
        yield from ((community, group) for group in sorted(line.groups) or (None,))


def _communities(written: str, papers: Papers) -> list[str]:
    return sorted(papers.candidates.get(written, ())) or [written]
