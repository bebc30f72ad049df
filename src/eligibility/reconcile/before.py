"""What an earlier run found of parts of which nothing changed: a part is known by a hash of all that it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple

import duckdb

from eligibility.domain.each import Each, Found, Given
from eligibility.domain.earlier import Earlier
from eligibility.reconcile.allocation import Piece, Settled
from eligibility.reconcile.coverage import Coverage, Part
from eligibility.reconcile.papers import Approval, Line, Parcel


class Link(NamedTuple):
    """A link as the earlier run wrote it: what the approval gives (micro-亩), the evidence, what was proposed."""

    least: int
    most: int
    score: int
    evidence: str
    proposed: str
    proposed_umu: int


class Row(NamedTuple):
    """A line as the earlier run wrote it, with its component's method and whether its fuse blew."""

    least: int
    most: int
    overclaimed: int | None
    method: str
    hit: bool


@dataclass(slots=True)
class Before:
    """Lines of the present papers → what was found of them, for those whose part is the same as then."""

    rows: dict[int, Row] = field(default_factory=dict)
    links: dict[int, dict[str, Link]] = field(default_factory=dict)

    def cover(self, each: Each) -> Each:
        """`each` for parts that are not known."""
        return _unless_known(each, self._coverage)

    def settle(self, each: Each) -> Each:
        """`each` for components that are not known."""
        return _unless_known(each, self._settled)

    def evidence(self, index: int, approval: str) -> tuple[int, str] | None:
        """Points and items between a line and an approval."""
        link = self.links.get(index, {}).get(approval)
        return (link.score, link.evidence) if link else None

    def _coverage(self, part: Part) -> dict[int, Coverage] | None:
        if not part.possible.keys() <= self.rows.keys():
            return None
        return {i: self._covered(part, i) for i in part.possible}

    def _covered(self, part: Part, index: int) -> Coverage:
        row, tie = self.rows[index], part.ties.get(index)
        # a claim by name that does not close had no part in what was found
        stands = tie is not None and tie.binding and (tie.cited or row.least == part.lines[index].area)
        shares = {key: (link.least, link.most) for key, link in self.links.get(index, {}).items()}
        return Coverage(row.least, row.most, tie if stands else None, shares, row.overclaimed)

    def _settled(self, piece: Piece) -> Settled | None:
        if not piece.lines.keys() <= self.rows.keys():
            return None
        made = {
            (index, key): (link.proposed, link.proposed_umu)
            for index in piece.lines
            for key, link in self.links.get(index, {}).items()
            if link.proposed
        }
        row = self.rows[next(iter(piece.lines))]
        return Settled(made, row.method, row.hit)


def hash_of(part: Part, approvals: Mapping[str, Approval]) -> str:
    """A hash of all that the coverage of the lines of a part, and what is proposed for them, rest on.

    Where the rows stand, and in which order, stays out of it, for neither changes what is found.
    """
    drawn = [*part.possible.values(), *part.lost.values(), *(tie.parcels for tie in part.ties.values())]
    parcels = {parcel.index: _parcel(parcel) for some in drawn for parcel in some}
    place = {index: n for n, index in enumerate(sorted(parcels, key=lambda index: repr(parcels[index])))}

    def places(some: Iterable[Parcel]) -> list[int]:
        return sorted(place[parcel.index] for parcel in some)

    lines = []
    for index, line in part.lines.items():
        tie = part.ties.get(index)
        claim = (tie.cited, tie.binding, places(tie.parcels)) if tie else None
        open_to = places(part.possible[index]) if index in part.possible else None
        lines.append(repr((_line(line), open_to, places(part.lost.get(index, ())), claim)))
    keys = {parcel.approval for some in drawn for parcel in some}
    told = ([parcels[index] for index in place], sorted(lines), [approvals[key] for key in sorted(keys)])
    return sha256(repr(told).encode()).hexdigest()


def _line(line: Line) -> tuple[object, ...]:
    return (
        line.key, line.no, line.community, sorted(line.groups), line.signed_lo, line.signed_hi, line.project, line.kind,
        line.land_class, line.area, line.half, line.cited, line.conflict, sorted(line.confirmed), sorted(line.rejected),
        sorted(line.names),
    )  # fmt: skip


def _parcel(parcel: Parcel) -> tuple[object, ...]:
    return (
        parcel.approval, parcel.community, sorted(parcel.groups), parcel.ownership, parcel.land_class, parcel.area,
        parcel.half, sorted(parcel.names),
    )  # fmt: skip


def found_before(
    con: duckdb.DuckDBPyConnection, earlier: Earlier, parts: Sequence[Part], hashes: Sequence[str]
) -> Before:
    """What the earlier run found of those `parts` whose hash it wrote beside its lines."""
    then: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    rows: dict[int, Row] = {}
    for index, part, key, land_class, *row in con.execute(_ROWS.format(**_tables(earlier))).fetchall():
        then[part][key, land_class] = index
        rows[index] = Row(*row)
    now = {
        index: then[digest][part.lines[index].key, part.lines[index].land_class or ""]
        for part, digest in zip(parts, hashes, strict=True)
        if digest in then
        for index in part.possible
    }
    links: dict[int, dict[str, Link]] = defaultdict(dict)
    for index, approval, *link in con.execute(_LINKS.format(**_tables(earlier))).fetchall():
        links[index][approval] = Link(*link)
    return Before({new: rows[old] for new, old in now.items()}, {new: links.get(old, {}) for new, old in now.items()})


def _tables(earlier: Earlier) -> dict[str, str]:
    return {name: earlier.table(f"papers/{name}") for name in ("coverage", "links", "components")}


def _unless_known(each: Each, known: Callable[[Any], Any]) -> Each:
    """`each`, but for items of which the result is `known`."""

    def some(work: Callable[[Given], Found], items: Sequence[Given], /) -> Iterable[Found]:
        found: list[Found | None] = [known(item) for item in items]
        rest = iter(each(work, [item for item, one in zip(items, found, strict=True) if one is None]))
        return [next(rest) if one is None else one for one in found]

    return some


_ROWS = """
SELECT c.row_id, c.part, c.agreement_key, coalesce(c.land_class, ''), c.covered_umu_min, c.covered_umu_max, c.overclaimed_umu, coalesce(o.method, ''), coalesce(o.seconds_limit_hit, FALSE)
FROM {coverage} AS c
LEFT JOIN (SELECT DISTINCT row_id, component FROM {links}) AS l USING (row_id)
LEFT JOIN {components} AS o USING (component)
WHERE c.part IS NOT NULL
"""
_LINKS = """
SELECT row_id, approval_key, area_umu_min, area_umu_max, score, evidence, proposed, proposed_umu FROM {links}
ORDER BY row_id, approval_key
"""
