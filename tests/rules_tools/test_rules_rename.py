"""A name changed everywhere: outcomes, scenarios and findings stay as they are, and the old name is nowhere left."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from eligibility.application.new_rules import rename_everywhere
from eligibility.model.diagnostic import InputError
from eligibility.rulebook import load_policy
from eligibility.specification.run import run_specification

ROOT = Path(__file__).parents[2]
DAY = date(2020, 6, 30)


@pytest.fixture
def law(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    shutil.copytree(ROOT / "features" / "shanxi-2019", tmp_path / "features" / "shanxi-2019")
    return tmp_path


def rename(law: Path, old: str, new: str, kind: str = "", cases: tuple[Path, ...] = ()):
    rules = law / "rules" / "shanxi-2019"
    return rename_everywhere(rules, law / "features", cases, old, new, kind=kind)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("land_taken", "land_lost_then", "fact"),
        ("被征承包面积", "历次被征面积", "fact"),
        ("村被征面积", "村面积", "fact"),
        ("share_line", "half_line", "parameter"),
        ("人均剩余耕地标准", "剩余标准", "parameter"),
        ("half_lost", "lost_half", "condition"),
        ("within_quota", "quota_kept", "clause"),
        ("within_quota", "quota_met", "condition"),
        ("of_age", "old_enough", "clause"),
        ("base", "base_amount", "benefit"),
        ("补贴基数", "补贴的基数", "benefit"),
    ],
)
def test_every_kind_of_name_is_changed_everywhere_and_nothing_else(law: Path, old: str, new: str, kind: str) -> None:
    rules = law / "rules" / "shanxi-2019"
    before = run_specification(rules, law / "features")
    changes = rename(law, old, new, kind)
    assert changes
    after = run_specification(rules, law / "features")
    assert after.holds and len(after.trials) == len(before.trials)
    policy, was = load_policy(rules, as_of=DAY), load_policy(ROOT / "rules" / "shanxi-2019", as_of=DAY)
    assert [one.text for one in policy.clauses.values()] == [one.text for one in was.clauses.values()]
    shelf = {"fact": policy.facts, "parameter": policy.parameters, "condition": policy.conditions,
             "clause": policy.clauses, "benefit": policy.benefits}[kind]  # fmt: skip
    names = {word for one in shelf.values() for word in (one.id, one.title)}
    assert new in names and old not in names


def test_a_name_within_a_longer_one_a_sentence_and_a_quotation_stay(law: Path) -> None:
    """承包面积 stands within 征地前承包面积 and 被征承包面积."""
    facts = law / "rules" / "shanxi-2019" / "facts.yaml"
    facts.write_text(
        facts.read_text("utf-8")
        + "own: {title: 承包面积, type: area, unit: 亩, day: 今日, confirmed_by: [agriculture], proves: [contract], source: {}}\n",
        "utf-8",
    )
    rename(law, "承包面积", "本户面积")
    policy = load_policy(law / "rules" / "shanxi-2019", as_of=DAY)
    assert {"征地前承包面积", "被征承包面积"} <= {spec.title for spec in policy.facts.values()}


def test_a_case_by_hand_is_changed_too(law: Path) -> None:
    case = law / "case.yaml"
    case.write_text("征地前承包面积: 10亩\n被征承包面积: 5亩\n", "utf-8")
    rename(law, "被征承包面积", "历次被征面积", cases=(case,))
    assert case.read_text("utf-8") == "征地前承包面积: 10亩\n历次被征面积: 5亩\n"


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("nobody", "somebody", ""),  # no such thing
        ("within_quota", "x", ""),  # a condition and a clause
        ("land_taken", "land_before", ""),  # taken
        ("land_taken", "人均", ""),  # an id is no title
        ("被征承包面积", "被征 面积", ""),
        ("出生日期", "生日", ""),  # of all rulebooks
    ],
)
def test_what_cannot_be_renamed_is_said_and_nothing_is_written(law: Path, old: str, new: str, kind: str) -> None:
    before = {path: path.read_bytes() for path in law.rglob("*") if path.is_file()}
    with pytest.raises(InputError):
        rename(law, old, new, kind)
    assert {path: path.read_bytes() for path in law.rglob("*") if path.is_file()} == before
