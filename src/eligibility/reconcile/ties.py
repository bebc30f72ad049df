"""Positive evidence: what ties an agreement to an approval so that leaving it uncovered is no longer admissible.

Two kinds, and no other (place, class and area that happen to fit tie nothing):
- a citation that reads completely and names known approvals that are possible for the agreement, or a reviewer who
  confirmed such an approval;
- for an expropriation with a blank citation, a batch or project that names one approval alone (or several of one
  project, which cover by their sum), with the group named on both papers. This kind counts only if it closes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from eligibility.domain.batch import Batch, named_batch
from eligibility.domain.document_number import normal_form
from eligibility.reconcile.evidence import batch, citation_keys, project_key
from eligibility.reconcile.papers import CULTIVATED, Line, Papers, Parcel

Candidates = dict[int, list[Parcel]]
"""Line index → the parcels that are possible for it."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A claim of a line on certain parcels.

    `cited`: by a readable citation. `binding`: it can make coverage certain; otherwise it is only a rival of others
    (kind not known, rows that contradict; or, by name, a reserve, a group not named, a citation that cannot be read).
    """

    parcels: tuple[Parcel, ...]
    cited: bool
    binding: bool = True

    @property
    def approvals(self) -> frozenset[str]:
        """Keys of the approvals claimed."""
        return frozenset(parcel.approval for parcel in self.parcels)


def compatible(line: Line, parcel: Parcel) -> bool:
    """Place and class fit: same group or one of them blank; within 耕地 either class; blank class matches any."""
    return same_group(line, parcel) and same_class(line, parcel)


def same_group(line: Line, parcel: Parcel) -> bool:
    """Whether both may be of one group of their community."""
    return not line.groups or not parcel.groups or bool(line.groups & parcel.groups)


def same_class(line: Line, parcel: Parcel) -> bool:
    """Whether both may be land of one class."""
    classes = {line.land_class, parcel.land_class}
    return None in classes or len(classes) == 1 or classes <= CULTIVATED


def placed_alike(line: Line, parcel: Parcel) -> bool:
    """Whether the groups agree for certain: a name that means none of the community's groups agrees only with itself."""
    whole = not line.groups and not line.names
    return not parcel.names or whole or bool(parcel.names & line.names)


def claims(papers: Papers, candidates: Candidates) -> dict[int, Tie]:
    """Line index → what it claims by positive evidence, before asking whether it closes.

    A set-aside row claims too, so far as it can be read; it is a rival and nothing more.
    """
    index = _Index(papers)
    found: dict[int, Tie] = {}
    for line in (*papers.lines, *papers.lost_lines):
        possible = candidates.get(line.index, [])
        tie = _by_citation(line, possible, papers) or index.by_name(line, possible)
        if tie is not None:
            found[line.index] = tie
    return found


def _by_citation(line: Line, possible: list[Parcel], papers: Papers) -> Tie | None:
    """The claim by citation or a reviewer's confirmation, which count the same.

    Where not all that is cited is known and possible, the citation binds nothing but is a rival all the same.
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
    return Tie(parcels, cited=True, binding=sound and (complete or bool(confirmed)))


def cited_approvals(cited: str, papers: Papers) -> tuple[str, ...]:
    """Keys of what a citation names, known or not, once it reads completely (or stands so in the list of approvals)."""
    keys = citation_keys(cited) if cited else ()
    if cited and not keys and (form := normal_form(cited)) in papers.approvals:
        keys = (form,)
    return tuple(dict.fromkeys(papers.bearers.get(key, key) for key in keys))


class _Index:
    """Approvals by batch and by project."""

    def __init__(self, papers: Papers) -> None:
        self.by_batch: dict[tuple[int, int], list[tuple[Batch, str]]] = defaultdict(list)
        self.by_project: dict[str, set[str]] = defaultdict(set)
        for key, approval in papers.approvals.items():
            if (said := batch(approval)) is not None:
                self.by_batch[said[:2]].append((said, key))
            if project := project_key(approval.project):
                self.by_project[project].add(key)

    def by_name(self, line: Line, possible: list[Parcel]) -> Tie | None:
        """The claim by batch or project; binding for an expropriation whose group is named on both papers."""
        named = self._named(line)
        parcels = tuple(p for p in possible if p.approval in named and p.ownership == "collective")
        exact = tuple(p for p in parcels if line.groups and line.groups <= p.groups and not p.names)
        binding = line.kind == "expropriation" and not line.conflict and not line.cited and bool(exact)
        return Tie(exact if binding else parcels, cited=False, binding=binding) if parcels else None

    def _named(self, line: Line) -> set[str]:
        project = self.by_project.get(project_key(line.project), set()) if line.project else set()
        said = named_batch(line.project)
        if said is None:
            return project
        maybe = [(other, key) for other, key in self.by_batch.get(said[:2], []) if said.may_be(other)]
        numbered = {key for other, key in maybe if other == said}
        if project & numbered:
            return project & numbered
        # a batch alone names nothing where the whole or another part of it may be meant
        return numbered if len(maybe) == 1 and not project else set()
