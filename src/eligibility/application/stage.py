"""What a stage of the pipeline declares, and what it works on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from eligibility.model.parallel import ParallelMap, serial_map
from eligibility.model.policy import Policy

if TYPE_CHECKING:
    from eligibility.engine import ColumnarBackend, CrossCheck
    from eligibility.sources import Mapping as SheetMapping

EVERY = ("*",)
"""Every parameter of the rulebook."""


@dataclass(slots=True)
class Work:
    """What the stages work on, by which rules and with which means; and what they give beside tables.

    `answers` of reviewers and their `judgements` on links belong to the papers. `each` works on parts of reconciliation
    and open profiles, `columns` on the columns of judging (None: DuckDB). `mapping` says what the sheets of the dossier are.
    """

    con: duckdb.DuckDBPyConnection
    policy: Policy
    dossier: Path = Path()
    answers: Sequence[dict[str, Any]] = ()
    judgements: Sequence[dict[str, Any]] = ()
    each: ParallelMap = serial_map
    columns: ColumnarBackend | None = None
    cross_checked: CrossCheck | None = None
    mapping: SheetMapping | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: what it does, the tables it touches and what it asks of the rulebook.

    A table has one stage that `writes` it. `amends`: tables of earlier stages that it changes in place, so that it
    cannot be executed twice; `adds`: those to which it adds rows of its own, which it replaces when executed again.
    Of what it writes, `passing` tables are not kept with a run. `step`: under which name it is timed and shown.

    `parameters` are those it reads by name, `parts` the other parts of the rulebook (names of PARTS); a change of one
    of these invalidates what it wrote. `words` are parts that only enter sentences.
    """

    name: str
    step: str
    run: Callable[[Work], None]
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()
    passing: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


PARTS: Mapping[str, Callable[[Policy], object]] = {
    "communities": lambda policy: policy.communities,
    "gazetteer": lambda policy: policy.gazetteer,
    "columns": lambda policy: {
        name: (spec.type, spec.choices, spec.source) for name, spec in policy.facts.items() if spec.source
    },
    "facts": lambda policy: {
        name: (spec.columns, spec.type, spec.choices, spec.in_dossier, spec.source)
        for name, spec in policy.facts.items()
    },
    "conditions": lambda policy: {name: (one.expression, one.rests_on) for name, one in policy.conditions.items()},
    "clauses": lambda policy: policy.clauses,
    "classes": lambda policy: policy.classes,
    "benefits": lambda policy: policy.benefits,
    "reasons": lambda policy: policy.reasons,
    "documents": lambda policy: tuple(policy.documents),
    "suppliers": lambda policy: policy.suppliers,
}
"""Parts of a rulebook beside its parameters, as far as a stage can depend on them."""


def asks_differently(stage: Stage, old: Policy, new: Policy) -> bool:
    """Whether anything that the stage asks of a rulebook differs between two of them."""
    names = {*old.parameters, *new.parameters} if stage.parameters == EVERY else stage.parameters
    return any(_timeline(old, name) != _timeline(new, name) for name in names) or any(
        PARTS[part](old) != PARTS[part](new) for part in stage.parts
    )


def _timeline(policy: Policy, name: str) -> list[tuple[object, ...]] | None:
    known = policy.parameters.get(name)
    return None if known is None else [(d.since, d.until, d.value) for d in known.timeline]
