"""`eligibility spec`: the Chinese scenarios of a rulebook executed, the living document, and the rulebook's mutants."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from eligibility.cli import UNUSABLE
from eligibility.cli.screen import OFF, Screen, on, print_json
from eligibility.proving import require_solver
from eligibility.specification import Result, Specification, Trial, run_specification
from eligibility.specification.contents import Chapter, FeatureResult, chapters, stories
from eligibility.specification.document import write_document
from eligibility.specification.mutation.report import MutationReport, mutation_report


def run_spec(rules: Path, features: Path, *, html: Path | None, mutants: bool, lang: str, json: bool) -> None:
    """Execute the specification and say how it came out; exit status 2 where a scenario fails.

    Raises:
        InputError: rules or feature files that cannot be read, or mutants without the solver.

    """
    if mutants:
        require_solver()
    specification = run_specification(rules, features)
    found = _mutation_report(specification) if mutants and specification.holds else None
    if html is not None:
        write_document(specification, html, lang=lang, mutation_report=found)
    if json:
        print_json(_as_json(specification, found))
    else:
        _tell(specification, found, html, request=mutants, en=lang == "en")
    if not specification.holds:
        raise SystemExit(UNUSABLE)


def _mutation_report(specification: Specification) -> MutationReport:
    with Progress(console=Screen(stderr=True), disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("变体 / mutants", total=None)
        return mutation_report(specification, progress=lambda done, of: bar.update(task, completed=done, total=of))


def _tell(
    specification: Specification, found: MutationReport | None, html: Path | None, *, request: bool, en: bool
) -> None:
    console = Screen(soft_wrap=True)
    for chapter in chapters(specification):
        _tell_clause(console, chapter, en=en)
    for part in stories(specification):
        _tell_part(console, part.feature.name, "", [part], en=en)
    for trial in specification.trials:
        if trial.result is not Result.PASSED:
            _tell_failure(console, trial, en=en)
    passed, rows = specification.count(Result.PASSED), len(specification.trials)
    said = f"{passed} of {rows} examples come out as written" if en else f"{rows} 个案例，{passed} 个通过"
    console.print(f"{on('bold green' if specification.holds else 'bold red')}{said}{OFF}")
    if found is not None:
        _tell_mutants(console, found, specification, en=en)
    elif request:
        console.print("mutants wait until every scenario passes" if en else "有场景未通过，先不试变体")
    if html is not None:
        console.print(f"{'Living document' if en else '说明书'}：{html.as_posix()}")


def _tell_clause(console: Console, chapter: Chapter, *, en: bool) -> None:
    _tell_part(console, chapter.clause.title, chapter.clause.id, list(chapter.parts), en=en)


def _tell_part(console: Console, title: str, ident: str, parts: list[FeatureResult], *, en: bool) -> None:
    rows = sum(part.rows for part in parts)
    good = bool(parts) and all(part.passed for part in parts)
    sign = f"{on('green')}✓{OFF}" if good else f"{on('red')}✗{OFF}"
    count = (f"{rows} examples" if en else f"{rows} 例") if parts else ("no scenario" if en else "没有场景")
    console.print(f"{sign} {title} {on('dim')}{ident}{OFF}  {count}")


def _tell_failure(console: Console, trial: Trial, *, en: bool) -> None:
    cells = " | ".join(trial.row.cells)
    console.print(f"\n{on('red')}✗{OFF} {trial.feature.path}:{trial.row.line}  {trial.scenario.name}")
    if cells:
        console.print(f"    {cells}")
    if trial.fault is not None:
        said = trial.fault.in_language("en" if en else "zh")
        console.print(f"    {'cannot be executed' if en else '无法执行'}：{said}")
    for check in trial.checks:
        if not check.holds:
            console.print(f"    {check.says}")
            words = ("expected", "found") if en else ("应为", "实为")
            console.print(f"      {words[0]}：{check.expected}    {words[1]}：{on('red')}{check.actual}{OFF}")


def _tell_mutants(console: Console, found: MutationReport, specification: Specification, *, en: bool) -> None:
    share = f"{found.share * 100:.1f}%"
    same = len(found.equivalent)
    if en:
        console.print(
            f"\nMutants: {found.killed} of {found.counted} noticed ({share}); {same} more are proved to alter nothing"
        )
    else:
        console.print(
            f"\n变体：{found.counted} 处改动，{found.killed} 处被场景发现（{share}）；另有 {same} 处已证明不改变任何结论"
        )
    for title, killed, surviving, equivalent in found.by_sort():
        console.print(f"  {title.in_language('en' if en else 'zh')}  {killed} / {killed + surviving}  (+{equivalent})")
    if found.survivors:
        console.print(
            f"\n{on('bold')}Questions to the policy office{OFF}" if en else f"\n{on('bold')}请政策部门答复{OFF}"
        )
    for i, mutant_result in enumerate(found.survivors, 1):
        console.print(f"  {i}. {mutant_result.mutant.question}")
    if found.beyond:
        titles = "、".join(specification.policy.parameters[name].title for name in found.beyond)
        console.print(
            f"{'Not counted (they act on papers or amounts)' if en else '不计在内（在读材料或算金额时起作用）'}：{titles}"
        )


def _as_json(specification: Specification, found: MutationReport | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "rulebook": specification.policy.id,
        "sha256": specification.policy.sha256,
        "examples": len(specification.trials),
        "counts": {result.value: specification.count(result) for result in Result},
        "clauses": [
            {
                "id": chapter.clause.id,
                "title": chapter.clause.title,
                "kind": chapter.clause.kind.value,
                "status": chapter.clause.citation.status.value,
                "examples": sum(part.rows for part in chapter.parts),
            }
            for chapter in chapters(specification)
        ],
        "results": [_trial_json(trial) for trial in specification.trials],
    }
    return told if found is None else told | {"mutants": _mutation_json(found)}


def _trial_json(trial: Trial) -> dict[str, Any]:
    return {
        "feature": trial.feature.path,
        "line": trial.row.line,
        "scenario": trial.scenario.name,
        "cells": list(trial.row.cells),
        "result": trial.result.value,
        "fault": trial.fault.zh if trial.fault else "",
        "failures": [
            {"says": check.says, "expected": check.expected, "actual": check.actual}
            for check in trial.checks
            if not check.holds
        ],
        "clauses": {}
        if trial.case_result is None
        else {name: mark.value for name, mark in trial.case_result.clauses.items()},
    }


def _mutation_json(found: MutationReport) -> dict[str, Any]:
    return {
        "killed": found.killed,
        "counted": found.counted,
        "share": round(found.share, 4),
        "survivors": [
            {"file": mutant_result.mutant.file, "question": mutant_result.mutant.question}
            for mutant_result in found.survivors
        ],
        "equivalent": [
            {"slip": mutant_result.mutant.deed, "why": mutant_result.equivalent.zh}
            for mutant_result in found.equivalent
            if mutant_result.equivalent
        ],
        "beyond": list(found.beyond),
    }
