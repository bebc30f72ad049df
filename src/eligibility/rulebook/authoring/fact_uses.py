"""Every fact of a rulebook: where it comes from, and which conditions, clauses and benefits use it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from eligibility.model.diagnostic import Bilingual
from eligibility.model.formula import conditions_named
from eligibility.model.policy import FactSpec, Policy
from eligibility.model.tables import table
from eligibility.rulebook.loading import load_policy


@dataclass(frozen=True, slots=True)
class FactUse:
    """One fact: its names, kind and unit, where it comes from in words, who confirms it, and the ids that use it."""

    id: str
    title: str
    type: str
    unit: str
    source: Bilingual
    bodies: tuple[str, ...]
    conditions: tuple[str, ...]
    clauses: tuple[str, ...]
    benefits: tuple[str, ...]


def fact_uses(folder: Path, as_of: date) -> tuple[FactUse, ...]:
    """The facts that the rulebook in `folder` uses, in the order of the glossary. Raises `InputError` as loading does."""
    policy = load_policy(folder, as_of=as_of)
    uses = (_use(policy, spec) for spec in policy.facts.values())
    return tuple(use for use in uses if use.conditions or use.benefits)


def _use(policy: Policy, spec: FactSpec) -> FactUse:
    conditions = tuple(item.id for item in policy.conditions.values() if spec.id in item.facts)
    clauses = tuple(item.id for item in policy.clauses.values() if set(conditions_named(item.when)) & set(conditions))
    benefits = tuple(item.id for item in policy.benefits.values() if spec.id in item.facts)
    bodies = tuple(policy.bodies.get(code, code) for code in spec.bodies)
    return FactUse(spec.id, spec.title, str(spec.type), spec.unit, _source(spec), bodies, conditions, clauses, benefits)


def _source(spec: FactSpec) -> Bilingual:
    if spec.source is None:
        if spec.in_dossier:
            return Bilingual("程序由材料认定", "derived by the program from the papers")
        return Bilingual("卷宗里没有，总是不详", "in no table of a dossier: never known")
    headers = "、".join(spec.source.headers)
    blank = ("，空白即否", ", blank means no") if spec.source.blank_means_no else ("", "")
    return Bilingual(
        f"{table(spec.source.table).zh}「{headers}」{blank[0]}", f"{spec.source.table}: {headers}{blank[1]}"
    )
