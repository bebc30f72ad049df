"""Compares the meaning of two rulebooks: clauses, conditions, numbers and dates, not the formatting of their files.

Compared are formulas with parameters by name, timelines with scaled values, and validated glossary entries. Order of
keys, comments and layout are ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.rulebook.difference_lines import Line, Side, lines_of
from eligibility.rulebook.draft import Draft
from eligibility.rulebook.loading import PASSES, load_policy
from eligibility.rulebook.yaml_file import read_yaml


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between two rulebooks.

    `part` is its kind (rulebook, parameter, condition, clause, fact, reason, …), `change` one of added, dropped, changed,
    `what` the aspect that differs; `old` and `new` are texts ("" if absent).
    """

    part: str
    id: str
    title: str
    change: str
    what: Bilingual
    old: Bilingual
    new: Bilingual


NOTHING = Bilingual("", "")


def differences(old: Side, new: Side) -> list[Difference]:
    """Return all differences by part, in the order of the new rulebook's files, then those dropped."""
    before, after = lines_of(old), lines_of(new)
    results: list[Difference] = []
    for part in after:
        names = list(dict.fromkeys([*after[part], *before[part]]))
        for name in names:
            results.extend(_between(part, name, before[part].get(name), after[part].get(name)))
    return results


def read_side(folder: Path, day: date, trying: Mapping[str, str] | None = None) -> Side:
    """Read a rulebook and its draft on `day`. Raises `InputError` with all errors."""
    policy = load_policy(folder, as_of=day, trying=trying)
    draft = Draft(folder if folder.name not in ("", "..") else folder.resolve(), day, dict(trying or {}))
    for work in PASSES:
        draft = work(draft)
    return Side(policy, draft)


def day_in_force(folder: Path, today: date) -> date:
    """Return `today`, or the nearest day on which the rulebook in `folder` is in force, so that old rulebooks can be shown.

    Raises `InputError` if there is no such rulebook or its dates cannot be read.
    """
    path = folder / "rulebook.yaml"
    file, _ = read_yaml(path)
    force = file.content.get("in_force") if isinstance(file.content, dict) else None
    if not isinstance(force, dict):
        load_policy(folder, as_of=today)
        raise InputError(_no_dates(path))
    since, until = (_day(force.get(key)) for key in ("since", "until"))
    if until is not None and today >= until:
        return until - timedelta(days=1)
    return max(today, since) if since is not None else today


def _between(part: str, name: str, old: Line | None, new: Line | None) -> list[Difference]:
    shown = new or old
    if shown is None:
        return []
    title = shown.title
    if old is None or new is None:
        sides = (shown.whole, NOTHING) if new is None else (NOTHING, shown.whole)
        return [Difference(part, name, title, "dropped" if new is None else "added", NOTHING, *sides)]
    return [
        Difference(part, name, title, "changed", new.aspects[key].name, old.aspects[key].content, aspect.content)
        for key, aspect in new.aspects.items()
        if aspect.meaning != old.aspects[key].meaning and None not in (aspect.meaning, old.aspects[key].meaning)
    ]


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _no_dates(path: Path) -> Diagnostic:
    problem = Bilingual("缺少 in_force（施行日期）", "in_force is missing")
    return Diagnostic(
        "missing_key", SourceLocation(path.as_posix(), row=1), problem, Bilingual("请补上 in_force", "add in_force")
    )
