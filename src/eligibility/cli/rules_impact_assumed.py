"""Every assumed or unset legal number, tried with each of its alternatives: how many persons hang on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from eligibility.application.saved_runs import open_run
from eligibility.application.what_if import Depth, depth_of, redecide
from eligibility.labels.values import say_parameter, written
from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import Parameter, Policy, Status
from eligibility.reporting.impact import Impact, impact
from eligibility.rulebook import load_policy


@dataclass(frozen=True, slots=True)
class Tried:
    """One alternative and what it would change; `parameter` None is the rulebook as it is written.

    `counts` None: the parameter has no alternative to try.
    """

    parameter: Parameter | None
    status: Status
    present: Bilingual
    value: Bilingual
    counts: Impact | None

    def as_json(self) -> dict[str, Any]:
        """The line as plain data."""
        counts = self.counts.as_json() if self.counts else {}
        return {
            "parameter": self.parameter.id if self.parameter else None,
            "status": self.status.value,
            "present": self.present.zh,
            "value": self.value.zh if self.counts else None,
            "changed": counts.get("changed"),
            "reasons_only": counts.get("reasons_only"),
            "turns": counts.get("turns", []),
        }


AS_WRITTEN = Bilingual("按现有写法", "as written")


def try_assumed(run: Path, rules: Path, trying: Mapping[str, str]) -> list[Tried]:
    """The table over every parameter that is assumed or unset, in the order of the rule files.

    The first line is the rulebook itself where it differs from that of the run. Parameters without alternatives are
    listed without counts, so that none is taken for harmless. Raises `InputError`.
    """
    con, old = open_run(run)
    with con:
        policy = load_policy(rules, as_of=old.as_of, trying=trying)
        table: list[Tried] = []
        if old.sha256 != policy.sha256:
            table.append(Tried(None, Status.SEEN, AS_WRITTEN, AS_WRITTEN, _counts(con, run, old, policy)))
        for parameter, status in _unsure(policy):
            present = say_parameter(parameter, policy.value(parameter.id))
            others = [value for value in parameter.alternatives if value != policy.value(parameter.id)]
            for value in others:
                tried = load_policy(rules, as_of=old.as_of, trying={**trying, parameter.id: written(parameter, value)})
                counts = _counts(con, run, old, tried)
                table.append(Tried(parameter, status, present, say_parameter(parameter, value), counts))
            if not others:
                table.append(Tried(parameter, status, present, Bilingual("—", "–"), None))
    return table


def _unsure(policy: Policy) -> Iterator[tuple[Parameter, Status]]:
    for name, parameter in policy.parameters.items():
        status = policy.status(name)
        if status not in (Status.SEEN, Status.QUOTED):
            yield parameter, status


def _counts(con: duckdb.DuckDBPyConnection, run: Path, old: Policy, new: Policy) -> Impact:
    """The impact on the run; opened anew where facts are derived again, so that the next value meets the stored ones."""
    if depth_of(old, new) < Depth.FACTS:
        return impact(old, new, redecide(con, old, new, run).shifts)
    other, _ = open_run(run)
    with other:
        return impact(old, new, redecide(other, old, new, run).shifts)
