"""Check one rulebook, or all below a folder: what loading finds, and what only a reader of the whole would notice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.rulebook.draft import Draft, Section
from eligibility.rulebook.lint.clauses import dead_clauses, repeated_clauses
from eligibility.rulebook.lint.conditions import constant_conditions
from eligibility.rulebook.lint.english import missing_english
from eligibility.rulebook.lint.features import clauses_and_features
from eligibility.rulebook.lint.files import files_not_read, stray_shared_files
from eligibility.rulebook.lint.filling import as_the_sister, in_no_regime, regime_to_be_filled, to_be_filled
from eligibility.rulebook.lint.timelines import timeline_gaps
from eligibility.rulebook.lint.uses import (
    facts_without_source,
    missing_parameters,
    unused_conditions,
    unused_facts,
    unused_lists,
    unused_parameters,
)
from eligibility.rulebook.lint.values import improbable_values
from eligibility.rulebook.loading import PASSES, rulebooks
from eligibility.rulebook.problems import Level, RuleFinding, finding, suggestion
from eligibility.rulebook.regimes import read_regimes

CHECKS: tuple[Callable[[Draft], Iterable[RuleFinding]], ...] = (
    files_not_read,
    to_be_filled,
    in_no_regime,
    as_the_sister,
    timeline_gaps,
    improbable_values,
    missing_parameters,
    unused_parameters,
    unused_conditions,
    unused_lists,
    unused_facts,
    facts_without_source,
    constant_conditions,
    dead_clauses,
    repeated_clauses,
    clauses_and_features,
    missing_english,
)
"""What is looked for in a rulebook that has been read, in order."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The rulebooks that were checked, and the findings on them: by file, line and column, each once."""

    rulebooks: tuple[str, ...]
    findings: tuple[RuleFinding, ...]

    def count(self, level: Level) -> int:
        """How many findings are of that level."""
        return sum(item.level is level for item in self.findings)


def check_rules(folder: Path, *, as_of: date) -> Checked:
    """Check the rulebook in `folder`, or every rulebook below it, as it stands on `as_of`.

    A rulebook not in force on that day is read as it stood on the nearest day on which it was. Raises `InputError` where
    there is no rulebook at all.
    """
    folder = folder if folder.name not in ("", "..") else folder.resolve()
    if (folder / "rulebook.yaml").is_file():
        return Checked((folder.name,), _sorted(_rulebook(folder, as_of)))
    names = rulebooks(folder)
    if not names:
        raise InputError(_nothing_here(folder))
    results = [item for name in names for item in _rulebook(folder / name, as_of)]
    return Checked(
        tuple(names), _sorted([*results, *stray_shared_files(folder), *regime_to_be_filled(folder), *_regimes(folder)])
    )


def _rulebook(folder: Path, as_of: date) -> list[RuleFinding]:
    draft = PASSES[0](Draft(folder, as_of))
    draft = replace(draft, as_of=_day_in_force(draft))
    for work in PASSES[1:]:
        draft = work(draft)
    errors = [_graded(item) for item in draft.findings]
    meant = {error.nearest for error in errors} - {""}
    noticed = (item for check in CHECKS for item in check(draft))
    return [*errors, *(item for item in noticed if not _follows(item, draft, meant))]


def _follows(rule_finding: RuleFinding, draft: Draft, meant: set[str]) -> bool:
    """Whether something is unused only because its name is misspelt where it is used."""
    sections: dict[str, Section[Any]] = {
        "unused_parameter": draft.parameters,
        "unused_condition": draft.conditions,
        "unused_fact": draft.facts,
    }
    section = sections.get(rule_finding.code, Section())
    at_place = (e for e in section.entries.values() if e.at("id") == rule_finding.at or e.at() == rule_finding.at)
    return any({entry.id, entry.body.title} & meant for entry in at_place)


def _day_in_force(draft: Draft) -> date:
    if draft.rulebook is None:
        return draft.as_of
    force = draft.rulebook.body.in_force
    last = date.max if force.until is None else force.until - timedelta(days=1)
    return max(force.since, min(draft.as_of, last))


def _regimes(folder: Path) -> list[RuleFinding]:
    try:
        read_regimes(folder)
    except InputError as unusable:
        return [_graded(item) for item in unusable.findings]
    return []


def _graded(text: Diagnostic) -> RuleFinding:
    if isinstance(text, RuleFinding):
        return text
    return RuleFinding(text.code, text.at, text.problem, text.remedy)


def _sorted(findings: list[RuleFinding]) -> tuple[RuleFinding, ...]:
    """By place; what shared files have wrong is found with every rulebook, and said once."""
    once = {(f.code, f.at.file, f.at.row, getattr(f.at, "col", 1), f.problem): f for f in findings}
    return tuple(once[key] for key in sorted(once, key=lambda key: (key[1], key[2] or 0, key[3], key[0], key[4])))


def _nothing_here(folder: Path) -> Diagnostic:
    problem = Bilingual("这里没有规则文件夹（缺 rulebook.yaml）", "there is no rulebook here (no rulebook.yaml)")
    return finding(
        "no_rulebook", SourceLocation(folder.as_posix()), problem, suggestion(folder.name, rulebooks(folder.parent))
    )
