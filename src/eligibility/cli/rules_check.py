"""`eligibility rules check`: everything wrong or hardly meant in rule files, each with its place and remedy."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from eligibility.cli import UNUSABLE
from eligibility.cli.screen import print_json, print_plain
from eligibility.rulebook.lint import Checked, check_rules
from eligibility.rulebook.problems import Level, RuleFinding

_LEVELS = {Level.ERROR: ("错误", "error"), Level.WARNING: ("警告", "warning")}


def check_rule_files(folder: Path, day: date, *, lang: str, json: bool) -> None:
    """Print the findings on the rulebook in `folder`, or on all below it; exit with status 2 where one is an error.

    Raises `InputError` where there is no rulebook.
    """
    checked = check_rules(folder, as_of=day)
    if json:
        print_json(_plain(checked))
    else:
        for found in checked.findings:
            print_plain(_told(found, lang))
        print_plain(_closing(checked, lang))
    if checked.count(Level.ERROR):
        raise SystemExit(UNUSABLE)


def _told(found: RuleFinding, lang: str) -> str:
    """`file:line:column`, which terminals and editors open at a click; then the problem and the remedy."""
    level = _LEVELS[found.level][lang == "en"]
    return f"{_place(found)} {level} [{found.code}] {found.problem.in_language(lang)}\n  → {found.remedy.in_language(lang)}"


def _place(found: RuleFinding) -> str:
    return f"{found.at.file}:{found.at.row or 1}:{getattr(found.at, 'col', 1)}:"


def _closing(checked: Checked, lang: str) -> str:
    errors, warnings, books = checked.count(Level.ERROR), checked.count(Level.WARNING), len(checked.rulebooks)
    if lang == "en":
        return f"{books} rulebooks checked: {errors} errors, {warnings} warnings."
    return f"已检查 {books} 套规则（{'、'.join(checked.rulebooks)}）：{errors} 个错误，{warnings} 个警告。"


def _plain(checked: Checked) -> dict[str, Any]:
    return {
        "rulebooks": list(checked.rulebooks),
        "errors": checked.count(Level.ERROR),
        "warnings": checked.count(Level.WARNING),
        "findings": [
            {
                "level": found.level.value,
                "code": found.code,
                "file": found.at.file,
                "line": found.at.row or 1,
                "column": getattr(found.at, "col", 1),
                "problem": found.problem._asdict(),
                "remedy": found.remedy._asdict(),
                "nearest": found.nearest,
            }
            for found in checked.findings
        ],
    }
