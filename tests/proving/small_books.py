"""Rulebooks of a few clauses, written to a folder; and every row of facts that may be, where numbers are small."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import z3

from eligibility.model.policy import FactSpec, FactType, Policy
from eligibility.proving.book import Book
from eligibility.proving.knowledge import Knowledge
from eligibility.rulebook.difference import read_side
from eligibility.rulebook.difference_lines import Side

DAY = date(2022, 1, 1)
CITATION = {"instrument": "law", "article": "一", "quote": "未见原文", "status": "assumed"}
COUNTS, TRUTHS, CHOICE = ("a", "b"), ("t", "u"), "c"
WORDS = ("x", "y", "z")
UNITS = {"count": "人", "area": "亩", "area_per_head": "亩", "years": "岁", "money": "元"}


@dataclass
class SmallBook:
    """What a rulebook of a test says; what is left out is plain."""

    conditions: dict[str, Any]
    clauses: dict[str, dict[str, Any]]
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    parameters: dict[str, dict[str, Any]] = field(default_factory=dict)
    fairness: dict[str, Any] = field(default_factory=dict)
    reasons: dict[str, dict[str, Any]] = field(default_factory=dict)

    def write(self, root: Path) -> Path:
        """Write all its files below `root`; the rulebook's folder."""
        facts = self.facts or small_facts()
        common = {"day": "当日", "confirmed_by": ["desk"], "proves": ["paper"]}
        reasons = {"why": {"title": "原因", "documents": ["paper"], "bodies": ["desk"]}}
        unset = {"policy_unset": {"title": "未定", "documents": ["paper"], "bodies": ["desk"]}}
        outcomes = {"eligible": "符合", "not_eligible": "不符合", "register": "登记", "manual_review": "待核"}
        folder = root / "rules" / "book"
        files: dict[str, Any] = {
            "facts": {name: {"title": f"事实{name}", **common, **fact} for name, fact in facts.items()},
            "documents": {"paper": "材料"},
            "bodies": {"desk": "单位"},
            "instruments": {"law": {"title": "法", "known": "未见"}},
            "gazetteer": {"某地": {"names": ["某地"]}},
            "reasons": {**reasons, **unset, **self.reasons},
            "book/conditions": {
                name: {"title": f"条件{name}", **(given if isinstance(given, dict) else {"expression": given})}
                for name, given in self.conditions.items()
            },
            "book/rulebook": {
                "id": "book",
                "title": "小规则",
                "instrument": "law",
                "in_force": {"since": "2000-01-01", "status": "assumed"},
                "outcomes": outcomes,
                "clauses": list(self.clauses),
                "fairness": self.fairness,
            },
        }
        for name, clause in self.clauses.items():
            plain = {"id": name, "title": f"条款{name}", "citation": CITATION, "text": "因此", "otherwise": ["why"]}
            files[f"book/clauses/{name}"] = {**plain, **clause}
        for name, parameter in self.parameters.items():
            value = {"since": "2000-01-01", "value": parameter["value"], "citation": CITATION}
            rest = {key: item for key, item in parameter.items() if key != "value"}
            files[f"book/parameters/{name}"] = {"id": name, "title": f"参数{name}", **rest, "values": [value]}
        for name, content in files.items():
            path = root / "rules" / f"{name}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        (folder / "clauses").mkdir(parents=True, exist_ok=True)
        (folder / "parameters").mkdir(parents=True, exist_ok=True)
        return folder

    def side(self, root: Path) -> Side:
        """The rulebook, read."""
        return read_side(self.write(root), DAY)


def small_facts() -> dict[str, dict[str, Any]]:
    """Two counts, two truths and a choice."""
    counts = {name: {"type": "count", "unit": "人", "in_dossier": False} for name in COUNTS}
    truths = {name: {"type": "truth", "in_dossier": False} for name in TRUTHS}
    return {**counts, **truths, CHOICE: {"type": "choice", "choices": list(WORDS), "in_dossier": False}}


@dataclass
class NarrowBook(Book):
    """A book in which no number is above `most`, so that every row can be tried."""

    most: int = 2

    def fits_somebody(self, name: str, knowledge: Knowledge) -> z3.BoolRef:
        ends = [
            end.value <= self.most
            for fact, spec in knowledge.facts.items()
            if spec.type.ordered
            for end in (knowledge.ranges[fact].lo, knowledge.ranges[fact].hi)
        ]
        return z3.And(super().fits_somebody(name, knowledge), *ends)


def states(spec: FactSpec, most: int) -> list[dict[str, Any]]:
    """Everything that may be known of one fact."""
    if spec.type is FactType.TRUTH:
        return [{spec.id: value} for value in (None, True, False) if not (spec.never_false and value is False)]
    if spec.type is FactType.CHOICE:
        return [{spec.id: value} for value in (None, *spec.choices)]
    low, high = spec.columns
    numbers = (None, *range(most + 1))
    return [{low: lo, high: hi} for lo, hi in product(numbers, repeat=2) if lo is None or hi is None or lo <= hi]


def rows(policy: Policy, most: int = 2) -> Iterator[dict[str, Any]]:
    """Every row of facts that may be."""
    for parts in product(*[states(spec, most) for spec in policy.facts.values()]):
        row: dict[str, Any] = {}
        for part in parts:
            row.update(part)
        yield row


def refined(spec: FactSpec, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether `after` knows all that `before` knows of the fact."""
    if not spec.type.ordered:
        return before[spec.id] is None or after[spec.id] == before[spec.id]
    low, high = spec.columns
    return (before[low] is None or (after[low] is not None and after[low] >= before[low])) and (
        before[high] is None or (after[high] is not None and after[high] <= before[high])
    )
