"""What the language page promises, shown on small rule files: exceptions, names, units, days, values not yet there."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eligibility.engine import evaluate_clauses
from eligibility.engine.reference_conditions import evaluate_conditions
from eligibility.model.diagnostic import InputError
from eligibility.model.policy import Compare, Constant, FactRef, Policy
from eligibility.model.truth import Truth
from eligibility.rulebook import load_policy
from rulebook.overlay import Overlay
from rulebook.rule_copy import AS_OF
from rulebook.test_rulebook_expressions import DAY, compiled

GOOD = Path(__file__).parent / "good"
KNOWN: dict[str, Any] = {
    "age_lo": 40, "age_hi": 40, "loss_lo": 3_000_000, "loss_hi": 3_000_000, "owned_lo": 3_000_000, "owned_hi": 3_000_000,
    "per_head_lo": 0, "per_head_hi": 0, "approved_lo": date(2015, 5, 5), "approved_hi": date(2015, 5, 5), "student": False,
    "pension": "none",
}  # fmt: skip


def policy_of(name: str, folder: Path, *, as_of: date = AS_OF) -> Policy:
    return load_policy(Overlay.of(GOOD / f"{name}.yaml", folder).rules / "base", as_of=as_of)


def decided(policy: Policy, **facts: Any) -> tuple[str, tuple[str, ...]]:
    verdict = evaluate_clauses(policy, evaluate_conditions(policy, KNOWN | facts))
    return verdict.outcome.value, verdict.reasons


def test_an_exception_lifts_only_the_clause_that_it_names(tmp_path: Path) -> None:
    """在校生除外: it lifts the age clause `adult`, and helps nobody who has not lost his land."""
    policy = policy_of("exception_by_name", tmp_path)
    young: dict[str, Any] = {"age_lo": 10, "age_hi": 10}
    assert decided(policy, **young) == ("register", ("adult",))
    assert decided(policy, **young, student=True) == ("eligible", ())
    assert decided(policy, **young, student=True, loss_lo=0, loss_hi=0) == ("not_eligible", ("landless",))
    assert decided(policy, **young, student=None)[0] == "manual_review"


@pytest.mark.parametrize(
    ("day", "outcome"),
    [(date(2014, 12, 31), "not_eligible"), (date(2015, 1, 1), "eligible"), (date(2022, 10, 31), "eligible")],
)
def test_a_value_holds_from_its_day_to_the_day_before_the_next(day: date, outcome: str, tmp_path: Path) -> None:
    policy = policy_of("two_values_in_a_row", tmp_path, as_of=day)  # 0.3 亩, from 2015 on 200 亩
    assert decided(policy, per_head_lo=40_000_000, per_head_hi=40_000_000)[0] == outcome


def begin_late(folder: Path) -> Path:
    overlay = Overlay.of(GOOD / "two_values_in_a_row.yaml", folder)
    line = overlay.rules / "base" / "parameters" / "line.yaml"
    text = line.read_text(encoding="utf-8").replace(
        "since: 2010-01-01, until: 2015-01-01", "since: 2012-01-01, until: 2014-01-01"
    )
    line.write_text(text, encoding="utf-8")
    return overlay.rules / "base"


@pytest.mark.parametrize(
    ("day", "outcome", "reasons"),
    [
        (date(2011, 12, 31), "manual_review", ("policy_unset", "unclear")),  # the day before the first value
        (date(2012, 1, 1), "eligible", ()),
        (date(2013, 12, 31), "eligible", ()),
        (date(2014, 1, 1), "manual_review", ("policy_unset", "unclear")),  # in a gap
        (date(2014, 12, 31), "manual_review", ("policy_unset", "unclear")),
        (date(2015, 1, 1), "eligible", ()),
    ],
)
def test_where_there_is_no_value_the_policy_is_unset_and_no_neighbour_is_asked(
    *, day: date, outcome: str, reasons: tuple[str, ...], tmp_path: Path
) -> None:
    assert decided(load_policy(begin_late(tmp_path), as_of=day)) == (outcome, reasons)


def test_an_unset_value_refers_and_never_refuses(tmp_path: Path) -> None:
    assert decided(policy_of("unset_value", tmp_path)) == ("manual_review", ("policy_unset", "unclear"))


def test_ids_and_chinese_names_are_the_same_names(tmp_path: Path) -> None:
    by_id, by_name = policy_of("unset_value", tmp_path / "a"), policy_of("chinese_names", tmp_path / "b")
    for name in ("adult", "late", "uninsured"):
        assert by_id.conditions[name].expression == by_name.conditions[name].expression


def test_an_area_is_no_day_whichever_way_it_is_put(tmp_path: Path) -> None:
    for text in ("lawful_loss >= start_date", "start_date <= lawful_loss", "依法征收面积 > '2009-01-01'", "approval_date > 3 亩",
                 "approval_date = remaining_area", "lawful_loss > 3 岁", "age_at_approval >= 16 元"):  # fmt: skip
        _, wrong = compiled(text)
        assert wrong in (["type_mismatch"], ["unit_mismatch"]), text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("approval_date >= start_date + 15 年", date(2024, 1, 1)),
        ("approval_date >= 征地批准日的起始日 - 1 日", date(2008, 12, 31)),
        ("approval_date >= '2012-02-29' + 1 年", date(2013, 2, 28)),
        ("approval_date >= '2012-02-29' + 4 年", date(2016, 2, 29)),
        ("approval_date >= '2009-01-31' + 1 月", date(2009, 2, 28)),
        ("approval_date >= '2009-12-31' + 2 个月", date(2010, 2, 28)),
        ("approval_date >= '2009-03-31' - 1 月", date(2009, 2, 28)),
        ("approval_date >= '2008-12-31' + 366 天", date(2010, 1, 1)),
    ],
)
def test_a_day_of_the_law_may_be_moved(text: str, day: date) -> None:
    formula, wrong = compiled(text)
    assert wrong == []
    assert isinstance(formula, Compare)
    assert isinstance(formula.right, Constant)
    assert (formula.left, formula.op, formula.right.value) == (DAY, ">=", day)


def test_a_day_moved_from_an_unset_one_is_unset(tmp_path: Path) -> None:
    overlay = Overlay.of(GOOD / "dates_moved.yaml", tmp_path)
    policy = load_policy(overlay.rules / "base", as_of=AS_OF, trying={"start_date": ""})
    assert evaluate_conditions(policy, KNOWN)["late"] is Truth.OPEN


@pytest.mark.parametrize(
    "text", ["approval_date > start_date + 1.5 年", "lawful_loss > start_date + 1 年",
             "approval_date > 1 年 + start_date", "approval_date > start_date + 1"],
)  # fmt: skip
def test_nothing_else_can_be_added(text: str) -> None:
    assert compiled(text)[1]


@pytest.mark.parametrize(
    ("age", "mark"), [(15, Truth.REFUTED), (16, Truth.PROVEN), (17, Truth.PROVEN), (None, Truth.OPEN)]
)
def test_an_age_is_full_years(age: int | None, mark: Truth, tmp_path: Path) -> None:
    policy = policy_of("chinese_names", tmp_path)
    assert evaluate_conditions(policy, KNOWN | {"age_lo": age, "age_hi": age})["adult"] is mark


def test_areas_are_exact_in_every_unit(tmp_path: Path) -> None:
    for said in ("1 公顷", "15 亩", "10000 平方米"):
        formula, _ = compiled(f"lawful_loss = {said}")
        assert formula == Compare("=", FactRef("lawful_loss"), Constant(15_000_000))


def test_an_exception_to_an_exception_is_no_rulebook(tmp_path: Path) -> None:
    overlay = Overlay.of(GOOD.parent / "bad" / "circular_exceptions.yaml", tmp_path)
    with pytest.raises(InputError) as refused:
        load_policy(overlay.rules / "base", as_of=AS_OF)
    assert {f.code for f in refused.value.findings} == {"circular_exception"}
