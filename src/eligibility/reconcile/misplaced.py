"""Agreements whose place, or class, contradicts the approval that they cite: land of either may be meant.

An agreement of 二组 that cites an approval with land in 一组 alone has the wrong group, or the wrong number. It may have taken
land of both groups, and certainly of neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from eligibility.reconcile.papers import COVERABLE, CULTIVATED, Line, Papers, Parcel
from eligibility.reconcile.ties import Tie, cited_approvals, same_class, same_group

Place = tuple[str, str | None]
"""A community and a group of it; None: any group."""


def cited_elsewhere(papers: Papers) -> dict[int, tuple[Parcel, ...]]:
    """Line index → parcels of the approvals it cites that list no land in its place, for every line with such a citation."""
    of: dict[str, list[Parcel]] = defaultdict(list)
    lost = {parcel.approval for parcel in papers.lost_parcels if parcel.index not in papers.stray}
    for parcel in papers.parcels:
        of[parcel.approval].append(parcel)
    found: dict[int, tuple[Parcel, ...]] = {}
    for line in papers.lines:
        if line.cited and line.kind in COVERABLE:
            keys = set(cited_approvals(line.cited, papers)) - lost
            away = tuple(p for key in sorted(keys) for p in _away(line, of[key], papers))
            if away:
                found[line.index] = away
    return found


def with_rivals(ties: Mapping[int, Tie], elsewhere: Mapping[int, tuple[Parcel, ...]], papers: Papers) -> dict[int, Tie]:
    """The ties, and those by which a line that cites an approval elsewhere is a rival of what cites it there."""
    lines = {line.index: line for line in papers.lines}
    found = dict(ties)
    for i, parcels in elsewhere.items():
        claimed = tuple(p for p in parcels if p.ownership == "collective" and same_class(lines[i], p))
        if claimed:
            here = ties[i].parcels if i in ties and ties[i].cited else ()
            found[i] = Tie((*here, *claimed), cited=True, binding=False)
    return found


def places(papers: Papers, elsewhere: Mapping[int, tuple[Parcel, ...]]) -> Iterator[tuple[Line, Place]]:
    """Where each contradicted line may have taken farmland beside its own place, each place once.

    A line of another class than all land of its approval there may have taken farmland where it stands.
    """
    of: dict[str, list[Parcel]] = defaultdict(list)
    for parcel in papers.parcels:
        of[parcel.approval].append(parcel)
    for line in papers.lines:
        if line.kind in COVERABLE and line.cited:
            away = [p for p in elsewhere.get(line.index, ()) if p.land_class is None or p.land_class in CULTIVATED]
            places = dict.fromkeys(place for p in away for place in _of_parcel(p, papers))
            if line.land_class not in (None, *CULTIVATED) and _only_farmland(line, of, papers):
                places |= dict.fromkeys(_of_line(line, papers))
            yield from ((line, place) for place in places)


def _away(line: Line, parcels: list[Parcel], papers: Papers) -> list[Parcel]:
    if any(_there(line, parcel, papers) for parcel in parcels):
        return []
    return [parcel for parcel in parcels if parcel.ownership != "state"]


def _there(line: Line, parcel: Parcel, papers: Papers) -> bool:
    one_community = not {*papers.places_of(line.community)}.isdisjoint(papers.places_of(parcel.community))
    return one_community and same_group(line, parcel)


def _only_farmland(line: Line, of: Mapping[str, list[Parcel]], papers: Papers) -> bool:
    """Whether what the line cites lists land in its place, and no other than farmland."""
    keys = cited_approvals(line.cited, papers)
    there = [p for key in keys for p in of.get(key, ()) if p.ownership != "state" and _there(line, p, papers)]
    return bool(there) and all(p.land_class in CULTIVATED for p in there)


def _of_parcel(parcel: Parcel, papers: Papers) -> Iterator[Place]:
    for community in _communities(parcel.community, papers):
        yield from ((community, group) for group in sorted(parcel.groups) or (None,))


def _of_line(line: Line, papers: Papers) -> Iterator[Place]:
    for community in _communities(line.community, papers):
        yield from ((community, group) for group in sorted(line.groups) or (None,))


def _communities(written: str, papers: Papers) -> list[str]:
    return sorted(papers.candidates.get(written, ())) or [written]
