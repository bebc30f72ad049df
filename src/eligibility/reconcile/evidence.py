"""Itemised evidence for or against matching an agreement line with an approval; weights are in `evidence.toml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from eligibility.model.batch import Batch, named_batch, without_batch
from eligibility.model.document_number import normal_form, numbers_of, parse_citation
from eligibility.model.names import squeeze
from eligibility.model.numerals import CHARACTERS
from eligibility.reconcile.evidence_items import ITEMS
from eligibility.reconcile.papers import Approval, Line, Parcel

SIMILAR_PROJECT = 90.0
"""Similarity (0 to 100) from which two project names count as similar."""

_CACHE_SIZE = 65_536
"""Cached texts: each is parsed once per pair, and few are distinct."""
_NUMERALS = re.compile(rf"[0-9{CHARACTERS}]")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Items of evidence for or against one pair: name and weight of each."""

    items: tuple[tuple[str, int], ...]

    @property
    def score(self) -> int:
        """Sum of the weights."""
        return sum(weight for _, weight in self.items)

    def __str__(self) -> str:
        return ";".join(f"{name}:{weight:+d}" for name, weight in self.items)


def collect_evidence(line: Line, approval: Approval, parcels: list[Parcel]) -> Evidence:
    """Return all evidence between `line` and the `parcels` of `approval` that it could draw on."""
    names = [name for check in _CHECKS for name in check(line, approval, parcels)]
    return Evidence(tuple((name, ITEMS[name].weight) for name in sorted(names)))


@lru_cache(_CACHE_SIZE)
def project_key(text: str) -> str:
    """Return a project's name without punctuation and without the suffix 项目.

    >>> project_key("昆明新区（一期） 建设项目") == project_key("昆明新区(一期)建设")
    True
    """
    return re.sub(r"[^\w]", "", squeeze(text)).removesuffix("项目")


@lru_cache(_CACHE_SIZE)
def citation_keys(cited: str) -> tuple[str, ...]:
    """Return normalised approval numbers of a completely readable citation; empty if any part cannot be read."""
    return tuple(str(number) for number in parse_citation(cited))


@lru_cache(_CACHE_SIZE)
def _batch_of(text: str) -> Batch | None:
    return named_batch(text)


@lru_cache(_CACHE_SIZE)
def _folded(text: str) -> str:
    return normal_form(text)


@lru_cache(_CACHE_SIZE)
def _project_without_batch(text: str) -> str:
    return project_key(without_batch(text))


def batch(approval: Approval) -> Batch | None:
    """Return the approval's batch from its batch cell and project name; None if they contradict each other."""
    batches = _batches(approval)
    return None if contradicts(approval) else max(batches, key=lambda batch: batch.part, default=None)


def contradicts(approval: Approval) -> bool:
    """Whether batch cell and project name of an approval name different batches, as title and body of notices do."""
    batches = _batches(approval)
    return len(batches) > 1 and not batches[0].may_be(batches[1])


def _batches(approval: Approval) -> list[Batch]:
    return [named for text in (approval.batch, approval.project) if (named := _batch_of(text)) is not None]


def of_another_batch(line: Line, approval: Approval) -> bool:
    """Whether line and approval name different batches."""
    of_line, of_approval = _batch_of(line.project), batch(approval)
    return of_line is not None and of_approval is not None and not of_line.may_be(of_approval)


def _judgement(line: Line, approval: Approval, _: list[Parcel]) -> list[str]:
    return ["judged_confirmed"] if approval.key in line.confirmed else []


def _citation(line: Line, approval: Approval, _: list[Parcel]) -> tuple[str, ...]:
    return _cited(line.cited, approval.key) if line.cited else ()


@lru_cache(_CACHE_SIZE)
def _cited(text: str, key: str) -> tuple[str, ...]:
    form = _folded(text)
    keys = citation_keys(text) or (form,)
    if not set(numbers_of(key)).isdisjoint(keys):
        return ("citation_equal",)
    if citation_keys(text):
        return ("citation_other",)
    return ("citation_near",) if Levenshtein.distance(form, key, score_cutoff=1) <= 1 else ()


def _batch(line: Line, approval: Approval, _: list[Parcel]) -> tuple[str, ...]:
    of_line, of_approval = _batch_of(line.project), batch(approval)
    if of_line is None or of_approval is None:
        return ()
    if of_line == of_approval:
        return ("batch_equal",)
    return ("batch_other",) if of_another_batch(line, approval) else ()


def _project(line: Line, approval: Approval, _: list[Parcel]) -> tuple[str, ...]:
    return _projects(line.project, approval.project)


@lru_cache(_CACHE_SIZE)
def _projects(of_line: str, of_approval: str) -> tuple[str, ...]:
    left, right = (_project_without_batch(text) for text in (of_line, of_approval))
    if not left or not right:
        return ()
    if left == right:
        return ("project_equal",)
    if _NUMERALS.sub("", left) == _NUMERALS.sub("", right):
        return ("project_other_phase",)
    if fuzz.ratio(left, right) >= SIMILAR_PROJECT:
        return ("project_similar",)
    # a batch named in place of the project does not contradict the approval's project
    return ("project_other",) if _batch_of(of_line) is None else ()


def _place(line: Line, _: Approval, parcels: list[Parcel]) -> list[str]:
    named = any(line.groups & parcel.groups for parcel in parcels)
    return ["group_named"] if named else ["community_named"]


def _class(line: Line, _: Approval, parcels: list[Parcel]) -> list[str]:
    return ["class_named"] if any(line.land_class and line.land_class == p.land_class for p in parcels) else []


def _order(line: Line, approval: Approval, _: list[Parcel]) -> list[str]:
    if line.signed_lo >= approval.approved_to:
        return ["signed_after"]
    return ["signed_before"] if line.signed_hi < approval.approved_from else []


def _area(line: Line, _: Approval, parcels: list[Parcel]) -> list[str]:
    wholes = [
        (sum(p.area for p in parcels), sum(p.half_unit for p in parcels)),
        *((p.area, p.half_unit) for p in parcels),
    ]
    return (
        ["area_equal"] if any(abs(area - line.area) <= half_unit + line.half_unit for area, half_unit in wholes) else []
    )


_CHECKS: tuple[Callable[[Line, Approval, list[Parcel]], Iterable[str]], ...] = (
    _judgement,
    _citation,
    _batch,
    _project,
    _place,
    _class,
    _order,
    _area,
)
