"""Positive evidence: claims of agreement lines on parcels of approvals that an admissible allocation must satisfy.

There are two kinds (matching place, class and area alone are not positive evidence):
- a completely readable citation of known approvals that are possible for the agreement, or a reviewer's confirmation of
  such an approval;
- for an expropriation with a blank citation, a batch or project that identifies one approval (or several of one project,
  which cover by their sum), with the group named on both papers. This kind counts only if all claims can be satisfied.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from eligibility.model.batch import Batch, named_batch
from eligibility.model.document_number import normal_form
from eligibility.reconcile.evidence import batch, citation_keys, project_key
from eligibility.reconcile.papers import CULTIVATED, Line, Papers, Parcel

Candidates = dict[int, list[Parcel]]
"""The possible parcels of each line, by line index."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Claim of a line on parcels by positive evidence.

    `cited`: by a readable citation. `binding`: the claim can make coverage certain; otherwise it only competes with
    others (unknown kind, contradictory rows; or, by name, a reserve, a group not named, an unreadable citation).
    """

    parcels: tuple[Parcel, ...]
    cited: bool
    binding: bool = True

    @property
    def approvals(self) -> frozenset[str]:
        """Keys of the approvals claimed."""
        return frozenset(parcel.approval for parcel in self.parcels)


def compatible(line: Line, parcel: Parcel) -> bool:
    """Whether place and class match: same group or one blank; both classes of 耕地 match; a blank class matches any."""
    return same_group(line, parcel) and same_class(line, parcel)


def same_group(line: Line, parcel: Parcel) -> bool:
    """Whether line and parcel may belong to the same group of their community."""
    return not line.groups or not parcel.groups or bool(line.groups & parcel.groups)


def same_class(line: Line, parcel: Parcel) -> bool:
    """Whether line and parcel may be of the same land class."""
    classes = {line.land_class, parcel.land_class}
    return None in classes or len(classes) == 1 or classes <= CULTIVATED


def placed_alike(line: Line, parcel: Parcel) -> bool:
    """Whether the groups certainly agree: a name that is no known group of the community matches only the same name."""
    whole = not line.groups and not line.names
    return not parcel.names or whole or bool(parcel.names & line.names)


def find_claims(papers: Papers, candidates: Candidates) -> dict[int, Claim]:
    """Return the claim of each line by line index, before the test whether all claims can be satisfied.

    A rejected row has a claim as far as it can be read; such a claim only competes with others.
    """
    index = _Index(papers)
    claims: dict[int, Claim] = {}
    for line in (*papers.lines, *papers.rejected_lines):
        possible = candidates.get(line.index, [])
        claim = _by_citation(line, possible, papers) or index.by_name(line, possible)
        if claim is not None:
            claims[line.index] = claim
    return claims


def _by_citation(line: Line, possible: list[Parcel], papers: Papers) -> Claim | None:
    """Return the claim by citation or by a reviewer's confirmation, which count the same.

    If not all cited approvals are known and possible, the claim is not binding but still competes.
    """
    keys = cited_approvals(line.cited, papers)
    parcels = tuple(p for p in possible if p.approval in keys and p.ownership == "collective")
    sure = tuple(p for p in parcels if placed_alike(line, p))
    complete = {p.approval for p in sure} == set(keys) - line.rejected
    parcels = sure if complete else parcels
    confirmed = tuple(p for p in possible if p.approval in line.confirmed and p.ownership == "collective")
    if confirmed:
        parcels = tuple(p for p in possible if p in confirmed or (complete and p in parcels))
    if not parcels:
        return None
    sound = line.kind is not None and not line.conflict
    return Claim(parcels, cited=True, binding=sound and (complete or bool(confirmed)))


def cited_approvals(cited: str, papers: Papers) -> tuple[str, ...]:
    """Return the keys of all cited approvals, known or not, if the citation is readable (or equals a known number)."""
    keys = citation_keys(cited) if cited else ()
    if cited and not keys and (form := normal_form(cited)) in papers.approvals:
        keys = (form,)
    return tuple(dict.fromkeys(papers.bearers.get(key, key) for key in keys))


class _Index:
    """Index of approvals by batch and by project."""

    def __init__(self, papers: Papers) -> None:
        self.by_batch: dict[tuple[int, int], list[tuple[Batch, str]]] = defaultdict(list)
        self.by_project: dict[str, set[str]] = defaultdict(set)
        for key, approval in papers.approvals.items():
            if (named := batch(approval)) is not None:
                self.by_batch[named[:2]].append((named, key))
            if project := project_key(approval.project):
                self.by_project[project].add(key)

    def by_name(self, line: Line, possible: list[Parcel]) -> Claim | None:
        """Return the claim by batch or project; binding for an expropriation whose group is named on both papers."""
        named = self._named(line)
        parcels = tuple(p for p in possible if p.approval in named and p.ownership == "collective")
        exact = tuple(p for p in parcels if line.groups and line.groups <= p.groups and not p.names)
        binding = line.kind == "expropriation" and not line.conflict and not line.cited and bool(exact)
        return Claim(exact if binding else parcels, cited=False, binding=binding) if parcels else None

    def _named(self, line: Line) -> set[str]:
        project = self.by_project.get(project_key(line.project), set()) if line.project else set()
        batch_of_line = named_batch(line.project)
        if batch_of_line is None:
            return project
        same_batch = self.by_batch.get(batch_of_line[:2], [])
        possible = [(other, key) for other, key in same_batch if batch_of_line.may_be(other)]
        numbered = {key for other, key in possible if other == batch_of_line}
        if project & numbered:
            return project & numbered
        # a batch alone identifies no approval if the whole or another part of it may be meant
        return numbered if len(possible) == 1 and not project else set()
