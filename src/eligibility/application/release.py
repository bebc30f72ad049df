"""Releases a rulebook: after check, proof, specification and impact, a person approves exactly these files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from eligibility.application.changed_persons import changed_persons
from eligibility.application.release_state import ReleaseState, events_of, release_state, releases_of
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.event import Act, Kind
from eligibility.proving import Proof, Verdict, prove, require_solver
from eligibility.review import person_key
from eligibility.rulebook.difference import read_side
from eligibility.rulebook.difference_lines import Side
from eligibility.rulebook.files import rule_files
from eligibility.rulebook.lint import check_rules
from eligibility.rulebook.problems import Level
from eligibility.specification import Result, run_specification


@dataclass(frozen=True, slots=True)
class ReleaseRequest:
    """Who approves which rulebook, on what grounds, from which day, held against which features and finished run."""

    rules: Path
    by: str
    grounds: str
    since: date
    features: Path
    run: Path


def release(asked: ReleaseRequest, at: str) -> tuple[ReleaseState, int]:
    """Approve the rulebook as it stands at the time `at`; its state afterwards, and how many persons it asks for.

    Raises `InputError` where it cannot be read, something in it is wrong, a claim fails or could not be proved, a scenario
    fails, the run cannot be used, the person approved it before, or the record cannot be written.
    """
    require_solver()
    side = read_side(asked.rules, asked.since)
    _check_names(asked)
    body = {
        "by": asked.by.strip(),
        "grounds": asked.grounds.strip(),
        "from": asked.since.isoformat(),
        "proof": _proved(side),
        "specification": _specified(asked),
        "impact": _impact(asked),
    }
    wanted = side.draft.rulebook.body.release_persons if side.draft.rulebook else 1
    record = releases_of(asked.rules)
    files = rule_files(asked.rules)
    rulebook = {"id": side.policy.id, "sha256": side.policy.sha256, "kept": record.kept.keep_tree(files)}
    if read_side(asked.rules, asked.since).policy.sha256 != side.policy.sha256:
        raise InputError(
            _finding(
                "rules_changed",
                asked.rules,
                Bilingual("规则文件在检验期间被改动", "the rule files were changed meanwhile"),
                Bilingual("改完之后再发布", "release it when the edits are done"),
            )
        )
    with record.log.writing(at) as writer:
        approvals = events_of(writer.events, side.policy, Kind.APPROVED)
        keys = {person_key(str(event.body["by"])) for event in approvals}
        if person_key(asked.by) in keys:
            zh, en = f"{asked.by} 已批准过这一份规则", f"{asked.by} has approved this rulebook before"
            raise InputError(
                _finding(
                    "approved_before",
                    asked.rules,
                    Bilingual(zh, en),
                    Bilingual("须由另一人批准", "another person must approve it"),
                )
            )
        acts = [Act(Kind.APPROVED, {"rulebook": rulebook, **body})]
        released = any(event.kind == Kind.RELEASED and event.body["rulebook"] == rulebook for event in writer.events)
        if len(keys) + 1 >= wanted and not released:
            days = [*[str(event.body["from"]) for event in approvals], asked.since.isoformat()]
            names = [*[str(event.body["by"]) for event in approvals], asked.by.strip()]
            acts.append(Act(Kind.RELEASED, {"rulebook": rulebook, "by": names, "from": sorted(days)[-1]}))
        writer.append(*acts)
    return release_state(asked.rules, side.policy), wanted


def _check_names(asked: ReleaseRequest) -> None:
    if not person_key(asked.by) or not asked.grounds.strip():
        zh, en = (
            "须写明谁批准（--by）、依据什么（--grounds）",
            "say who approves (--by) and on what grounds (--grounds)",
        )
        raise InputError(
            _finding(
                "release_unsigned",
                asked.rules,
                Bilingual(zh, en),
                Bilingual("例如 --by 张三 --grounds 会议纪要第3号", "such as --by NAME --grounds 'minutes no. 3'"),
            )
        )
    errors = [item for item in check_rules(asked.rules, as_of=asked.since).findings if item.level is Level.ERROR]
    if errors:
        raise InputError(*errors)


def _proved(side: Side) -> dict[str, Any]:
    proof: Proof = prove(side)
    counts = {verdict.value: proof.count(verdict) for verdict in Verdict}
    if not proof.holds:
        zh = f"有 {counts['failed']} 项不成立、{counts['undecided']} 项未能证明"
        en = f"{counts['failed']} claims fail, {counts['undecided']} could not be proved"
        raise InputError(
            _finding(
                "release_not_proved",
                side.draft.folder,
                Bilingual(zh, en),
                Bilingual("先执行 eligibility rules prove，改正或写明理由", "run eligibility rules prove first"),
            )
        )
    return counts


def _specified(asked: ReleaseRequest) -> dict[str, Any]:
    specification = run_specification(asked.rules, asked.features)
    passed, examples = specification.count(Result.PASSED), len(specification.trials)
    if not specification.holds:
        zh, en = f"{examples} 个案例只通过 {passed} 个", f"only {passed} of {examples} examples come out as written"
        raise InputError(
            _finding(
                "release_spec_fails",
                asked.rules,
                Bilingual(zh, en),
                Bilingual("先执行 eligibility spec，改正规则或场景", "run eligibility spec first"),
            )
        )
    return {"examples": examples, "passed": passed}


def _impact(asked: ReleaseRequest) -> dict[str, Any]:
    changed = changed_persons(asked.run, asked.rules)
    turns = {f"{turn['was']} → {turn['becomes']}": turn["persons"] for turn in changed["turns"]}
    return {"persons": changed["persons"], "changed": changed["changed"], "turns": turns}


def _finding(code: str, rules: Path, problem: Bilingual, remedy: Bilingual) -> Diagnostic:
    return Diagnostic(
        code,
        SourceLocation(rules.as_posix()),
        Bilingual(f"不能发布：{problem.zh}", f"not released: {problem.en}"),
        remedy,
    )
