"""The scenarios that a specification lacks: sides of lines, unknowns, exceptions, pairs that meet, unnoticed changes.

Each starts from the household of `其余条件.yaml` and changes as little as it must. They are proposals in Chinese, for a
person to confirm: what the outcome must be is the law's to say, and is left open where the law is not yet quoted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.formula import conditions_named, lines_in
from eligibility.model.policy import Clause, FactSpec, Kind, Policy
from eligibility.model.truth import Truth
from eligibility.proving import meetings
from eligibility.rulebook.case import read_case
from eligibility.rulebook.difference import read_side
from eligibility.specification.case import HOUSEHOLD
from eligibility.specification.lacking import Ground, Missing
from eligibility.specification.mutation.mutant import Mutant
from eligibility.specification.run import Specification, features_of, run_specification
from eligibility.specification.unnoticed import unnoticed

_KINDS = ("boundary", "unknown", "exception", "pair", "change")
_SIDES = {-1: "略低于界线", 0: "恰为界线", 1: "略高于界线"}


@dataclass(frozen=True, slots=True)
class Lack:
    """A specification, the scenarios that it lacks in the order of the clauses, and the changes that none of them notices.

    `unnoticed` None: no change was tried, because a scenario fails. `untried`: pairs of clauses for which the time did not
    suffice.
    """

    specification: Specification
    scenarios: tuple[Missing, ...]
    unnoticed: tuple[Mutant, ...] | None
    untried: tuple[tuple[str, str], ...] = ()


def missing_scenarios(rules: Path, features: Path, *, seconds: float = 60.0) -> Lack:
    """Execute the specification and return with it what it lacks.

    Raises `InputError` where rules or features cannot be read, the solver is not installed, or the features have no
    household from which to start.
    """
    specification = run_specification(rules, features)
    folder, policy = features_of(rules, features), specification.policy
    if not (folder / HOUSEHOLD).is_file():
        problem = Bilingual(f"没有 {HOUSEHOLD}，无从写起", f"there is no {HOUSEHOLD} to start from")
        remedy = Bilingual("先写一户其余条件均成立的人", "write a household that meets every condition first")
        raise InputError(Diagnostic("no_household", SourceLocation(folder.as_posix()), problem, remedy))
    rows = [
        (dict(t.case.facts), t) for t in specification.trials if t.case and t.case.facts and not t.case.request.trying
    ]
    ground = Ground(policy, read_case(folder / HOUSEHOLD, policy), rows)
    untried: list[tuple[str, str]] = []
    lacking = [*_boundaries(ground), *_unknowns(ground), *_meetings(ground, rules, seconds, untried)]
    left: list[Mutant] | None = None
    if specification.holds:
        more, left = unnoticed(specification, ground, rules, lacking, seconds)
        lacking += more
    order = {name: i for i, name in enumerate(policy.clauses)}
    scenarios = tuple(sorted(lacking, key=lambda each: (order[each.clause], _KINDS.index(each.kind))))
    return Lack(specification, scenarios, None if left is None else tuple(left), tuple(untried))


def _boundaries(ground: Ground) -> Iterator[Missing]:
    for clause in ground.policy.clauses.values():
        for spec, line in _lines(ground.policy, clause):
            for side, words in _SIDES.items():
                value = line + timedelta(days=side) if isinstance(line, date) else line + side
                if isinstance(value, int) and value < 0:
                    continue
                if not any(_side(row, spec, line) == side for row, _ in ground.rows):
                    changed = dict.fromkeys(spec.columns, value)
                    yield ground.missing("boundary", clause, f"“{spec.title}”{words}", {**ground.base, **changed})


def _unknowns(ground: Ground) -> Iterator[Missing]:
    for clause in ground.policy.clauses.values():
        named = [ground.policy.conditions[name] for name in conditions_named(clause.when)]
        for fact in dict.fromkeys(fact for condition in named for fact in condition.facts):
            spec = ground.policy.facts[fact]
            if not any(all(row[column] is None for column in spec.columns) for row, _ in ground.rows):
                changed = dict.fromkeys(spec.columns)
                yield ground.missing("unknown", clause, f"“{spec.title}”不详", {**ground.base, **changed})


def _meetings(ground: Ground, rules: Path, seconds: float, untried: list[tuple[str, str]]) -> Iterator[Missing]:
    clauses = ground.policy.clauses
    wanted = {frozenset(pair) for pair in combinations(clauses, 2)}
    for _, trial in ground.rows:
        if trial.case_result is not None:
            marks = trial.case_result.clauses
            lifting = {name for name, mark in marks.items() if _is_exception(clauses, name) and mark is Truth.PROVEN}
            failed = [name for name, mark in marks.items() if mark is Truth.REFUTED]
            wanted -= {frozenset(pair) for pair in combinations(failed, 2)}
            wanted -= {frozenset((name, clauses[name].excepts)) for name in lifting}
    side = read_side(rules, ground.policy.as_of)
    for first, second, row in meetings(side, ground.base, wanted=wanted, seconds=seconds):
        if row is None:
            untried.append((first, second))
            continue
        exception = next((name for name in (first, second) if _is_exception(clauses, name)), "")
        if exception:
            title = f"例外“{clauses[exception].title}”除外“{clauses[clauses[exception].excepts].title}”"
            yield ground.missing("exception", clauses[exception], title, row)
        else:
            title = f"“{clauses[first].title}”与“{clauses[second].title}”都不成立"
            yield ground.missing("pair", clauses[first], title, row, clauses[second])


def _is_exception(clauses: Mapping[str, Clause], name: str) -> bool:
    return name in clauses and clauses[name].kind is Kind.EXCEPTION


def _lines(policy: Policy, clause: Clause) -> list[tuple[FactSpec, int | date]]:
    named = [policy.conditions[name] for name in conditions_named(clause.when)]
    lines = dict.fromkeys(line for condition in named for line in lines_in(condition.expression))
    return [(policy.facts[fact], value) for fact, value in lines]


def _side(row: Mapping[str, Any], spec: FactSpec, line: int | date) -> int | None:
    """On which side of the line the row stands; None where it is not known exactly."""
    low, high = (row[column] for column in spec.columns)
    if low is None or low != high:
        return None
    return int(low > line) - int(low < line)


def feature_text(policy: Policy, clause: str, lacking: Sequence[Missing]) -> str:
    """A feature file of the missing scenarios of one clause."""
    lines = [
        "# language: zh-CN",
        "# 由程序列出，须由熟悉政策的人逐例确认：结论写“待填”的，条文尚未抄录，请依法填写；已写的是现行规则的结论，请核对。",
        f"@{clause}",
        f"功能: {policy.clauses[clause].title}（待确认）",
        "",
        "  背景:",
        "    假如 其余条件均已成立",
    ]
    for each in lacking:
        lines += ["", f"  场景: {each.title}"]
        if each.differs:
            lines += ["    假如 申请人的情况为", "      | 事实 | 值 |"]
            lines += [f"      | {fact} | {value} |" for fact, value in each.differs]
        lines += [f'    假如 参数"{policy.parameters[name].title}"试设为"{value}"' for name, value in each.trying]
        lines.append(f'    当 按"{policy.id}"于"{each.day or policy.as_of}"审核')
        expects = [f'结论应为"{each.outcome}"'] if each.outcome else []
        expects += each.expects
        lines += [f"    {word} {sentence}" for word, sentence in zip(("那么", *["并且"] * 20), expects, strict=False)]
    return "\n".join(lines) + "\n"
