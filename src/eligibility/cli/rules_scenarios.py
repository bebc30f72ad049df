"""`eligibility rules scenarios`: the scenarios that the specification of a rulebook lacks, as feature files to be confirmed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from eligibility.cli.screen import print_json, print_plain
from eligibility.proving import require_solver
from eligibility.specification.case import HOUSEHOLD
from eligibility.specification.lacking import TO_FILL
from eligibility.specification.missing import Lack, feature_text, missing_scenarios
from eligibility.specification.run import features_of
from eligibility.store.folders import atomic_folder

_KINDS = {
    "boundary": ("界线的一侧", "a side of a line"),
    "unknown": ("不详", "an unknown"),
    "exception": ("例外", "an exception"),
    "pair": ("两条款相遇", "two clauses that meet"),
    "change": ("规则改一处而没有场景发现", "a change of the rules that no scenario notices"),
}


def show_scenarios(rules: Path, features: Path, *, out: Path | None, seconds: float, lang: str, json: bool) -> None:
    """Say what is missing, and write it to the new folder `out`.

    Raises `InputError` where rules or features cannot be read, the solver is missing, or `out` must not be written.
    """
    require_solver()
    lack = missing_scenarios(rules, features, seconds=seconds)
    specification, lacking = lack.specification, lack.scenarios
    if out is not None:
        with atomic_folder(out) as folder:
            for clause in dict.fromkeys(each.clause for each in lacking):
                text = feature_text(specification.policy, clause, [each for each in lacking if each.clause == clause])
                (folder / f"{clause}.feature").write_text(text, encoding="utf-8")
            household = features_of(rules, features) / HOUSEHOLD
            (folder / HOUSEHOLD).write_bytes(household.read_bytes())
    if json:
        print_json(
            [
                {
                    "kind": each.kind,
                    "clause": each.clause,
                    "title": each.title,
                    "differs": dict(each.differs),
                    "outcome": each.outcome,
                    "day": (each.day or specification.policy.as_of).isoformat(),
                    "trying": dict(each.trying),
                    "expects": list(each.expects),
                }
                for each in lacking
            ]
        )
        return
    en = lang == "en"
    for kind, count in Counter(each.kind for each in lacking).items():
        print_plain(f"{_KINDS[kind][en]}  {count}")
    empty = sum(each.outcome == TO_FILL for each in lacking)
    if en:
        print_plain(f"{len(lacking)} scenarios are missing; of {empty} the outcome is to be filled in by a person.")
    else:
        print_plain(f"缺 {len(lacking)} 个场景，其中 {empty} 个的结论须由人填写。")
    _tell_left(lack, en=en)
    if out is not None:
        print_plain(f"{'written to' if en else '已写入'}：{out.as_posix()}")


def _tell_left(lack: Lack, *, en: bool) -> None:
    """Say for which pairs the time did not suffice, and which changes even the missing scenarios do not notice."""
    if lack.untried:
        count = len(lack.untried)
        print_plain(
            f"For {count} more pairs of clauses the time did not suffice (--seconds)."
            if en
            else f"另有 {count} 对条款限时之内没有试完（--seconds）。"
        )
    if lack.unnoticed is None:
        print_plain(
            "A scenario fails, so no change of the rules was tried." if en else "有场景未通过，没有逐处改动规则来试。"
        )
    elif not lack.unnoticed:
        print_plain(
            "With them every change of the rules is noticed, or is proved to alter nothing."
            if en
            else "补上它们，规则的每一处改动都有场景发现，或已证明不改变任何结论。"
        )
    else:
        count = len(lack.unnoticed)
        print_plain(
            f"Of {count} changes no scenario was found:" if en else f"另有 {count} 处改动没有找到能发现它的场景："
        )
        for mutant in lack.unnoticed:
            print_plain(f"  {mutant.question}")
