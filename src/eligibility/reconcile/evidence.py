"""Named, itemised evidence between an agreement line and an approval. Weights stand in `evidence.toml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from eligibility.domain.batch import Batch, named_batch, without_batch
from eligibility.domain.document_number import normal_form, numbers_of, parse_citation
from eligibility.domain.names import squeeze
from eligibility.domain.numerals import CHARACTERS
from eligibility.reconcile.evidence_items import ITEMS
from eligibility.reconcile.papers import Approval, Line, Parcel

SIMILAR_PROJECT = 90.0
"""Likeness of two project names, of 100, from which they count as similar."""

_REMEMBERED = 65_536
"""Texts whose reading is remembered: each is asked for once a pair, and few differ."""
_UNCOUNTED = re.compile(rf"[0-9{CHARACTERS}]")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The items that speak for or against one pair, by name, each with its weight."""

    items: tuple[tuple[str, int], ...]

    @property
    def score(self) -> int:
        """Sum of the weights."""
        return sum(weight for _, weight in self.items)

    def __str__(self) -> str:
        return ";".join(f"{name}:{weight:+d}" for name, weight in self.items)


def weigh(line: Line, approval: Approval, parcels: list[Parcel]) -> Evidence:
    """All evidence between `line` and those `parcels` of `approval` it could draw on."""
    names = [name for ask in _QUESTIONS for name in ask(line, approval, parcels)]
    return Evidence(tuple((name, ITEMS[name].weight) for name in sorted(names)))


@lru_cache(_REMEMBERED)
def project_key(text: str) -> str:
    """A project's name without punctuation and without the word 项目 behind it.

    >>> project_key("昆明新区（一期） 建设项目") == project_key("昆明新区(一期)建设")
    True
    """
    return re.sub(r"[^\w]", "", squeeze(text)).removesuffix("项目")


@lru_cache(_REMEMBERED)
def citation_keys(cited: str) -> tuple[str, ...]:
    """Normal forms of the approval numbers in a citation that reads completely; empty when anything is left unread."""
    return tuple(str(number) for number in parse_citation(cited))


@lru_cache(_REMEMBERED)
def _batch_of(text: str) -> Batch | None:
    return named_batch(text)


@lru_cache(_REMEMBERED)
def _folded(text: str) -> str:
    return normal_form(text)


@lru_cache(_REMEMBERED)
def _project_without_batch(text: str) -> str:
    return project_key(without_batch(text))


def batch(approval: Approval) -> Batch | None:
    """The approval's batch, from its batch cell and its project name; None where they disagree."""
    said = _batches(approval)
    return None if contradicts(approval) else max(said, key=lambda one: one.part, default=None)


def contradicts(approval: Approval) -> bool:
    """Whether batch cell and project name of an approval name different batches, as title and body of notices do."""
    said = _batches(approval)
    return len(said) > 1 and not said[0].may_be(said[1])


def _batches(approval: Approval) -> list[Batch]:
    return [one for text in (approval.batch, approval.project) if (one := _batch_of(text)) is not None]


def of_another_batch(line: Line, approval: Approval) -> bool:
    """Whether both name a batch, and not the same."""
    said, theirs = _batch_of(line.project), batch(approval)
    return said is not None and theirs is not None and not said.may_be(theirs)


def _judgement(line: Line, approval: Approval, _: list[Parcel]) -> list[str]:
    return ["judged_confirmed"] if approval.key in line.confirmed else []


def _citation(line: Line, approval: Approval, _: list[Parcel]) -> tuple[str, ...]:
    return _cited(line.cited, approval.key) if line.cited else ()


@lru_cache(_REMEMBERED)
def _cited(text: str, key: str) -> tuple[str, ...]:
    form = _folded(text)
    keys = citation_keys(text) or (form,)
    if not set(numbers_of(key)).isdisjoint(keys):
        return ("citation_equal",)
    if citation_keys(text):
        return ("citation_other",)
    return ("citation_near",) if Levenshtein.distance(form, key, score_cutoff=1) <= 1 else ()


def _batch(line: Line, approval: Approval, _: list[Parcel]) -> tuple[str, ...]:
    said, theirs = _batch_of(line.project), batch(approval)
    if said is None or theirs is None:
        return ()
    if said == theirs:
        return ("batch_equal",)
    return ("batch_other",) if of_another_batch(line, approval) else ()


def _project(line: Line, approval: Approval, _: list[Parcel]) -> tuple[str, ...]:
    return _projects(line.project, approval.project)


@lru_cache(_REMEMBERED)
def _projects(of_line: str, of_approval: str) -> tuple[str, ...]:
    ours, theirs = (_project_without_batch(text) for text in (of_line, of_approval))
    if not ours or not theirs:
        return ()
    if ours == theirs:
        return ("project_equal",)
    if _UNCOUNTED.sub("", ours) == _UNCOUNTED.sub("", theirs):
        return ("project_other_phase",)
    if fuzz.ratio(ours, theirs) >= SIMILAR_PROJECT:
        return ("project_similar",)
    # a title that names a batch in the project's place is no other project
    return ("project_other",) if _batch_of(of_line) is None else ()


def _place(line: Line, _: Approval, parcels: list[Parcel]) -> list[str]:
    named = any(line.groups & parcel.groups for parcel in parcels)
    return ["group_named"] if named else ["community_named"]


def _class(line: Line, _: Approval, parcels: list[Parcel]) -> list[str]:
    return ["class_named"] if any(line.land_class and line.land_class == p.land_class for p in parcels) else []


def _order(line: Line, approval: Approval, _: list[Parcel]) -> list[str]:
    if line.signed_lo >= approval.hi:
        return ["signed_after"]
    return ["signed_before"] if line.signed_hi < approval.lo else []


def _area(line: Line, _: Approval, parcels: list[Parcel]) -> list[str]:
    wholes = [(sum(p.area for p in parcels), sum(p.half for p in parcels)), *((p.area, p.half) for p in parcels)]
    return ["area_equal"] if any(abs(area - line.area) <= half + line.half for area, half in wholes) else []


_QUESTIONS: tuple[Callable[[Line, Approval, list[Parcel]], Iterable[str]], ...] = (
    _judgement,
    _citation,
    _batch,
    _project,
    _place,
    _class,
    _order,
    _area,
)
