"""The persons of a finished run whom another rulebook decides otherwise, counted and named, with masked ids."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eligibility.application.saved_runs import open_run
from eligibility.application.what_if import keep_shifts, redecide
from eligibility.model.resident_id import mask
from eligibility.reporting.impact import impact
from eligibility.reporting.queries import changed_persons as rows_changed
from eligibility.rulebook import load_policy

NAMED = 10
"""Persons named of each change."""


def changed_persons(run: Path, rules: Path) -> dict[str, Any]:
    """Decide the run again under the rulebook in `rules`: how many change from what to what, and the first of each.

    Raises `InputError` where there is no finished run, or the rulebook cannot be used on it.
    """
    con, old = open_run(run)
    with con:
        new = load_policy(rules, as_of=old.as_of)
        redecided = redecide(con, old, new, run)
        counts = impact(old, new, redecided.shifts)
        shifts = [shift for shift in redecided.shifts if shift.turned]
        named: dict[tuple[str, str], list[dict[str, str]]] = {}
        if shifts:
            keep_shifts(con, shifts)
            for resident_id, name, *_, was, becomes, _, _ in rows_changed(con, turned=True):
                among = named.setdefault((was, becomes), [])
                if len(among) < NAMED:
                    among.append({"name": name, "id": mask(resident_id or "")})
    turns = [
        {"was": was, "becomes": becomes, "persons": persons, "named": named.get((was, becomes), [])}
        for (was, becomes), persons in counts.turns.items()
    ]
    return {"persons": counts.persons, "changed": counts.changed, "turns": turns}
