"""Mutants: a slip that changes a decision is noticed, or becomes a question; one that cannot is left out by proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from eligibility.engine import evaluate_clauses
from eligibility.engine.reference_conditions import evaluate_conditions
from eligibility.model.diagnostic import InputError
from eligibility.model.policy import AllOf, Compare, Constant, FactRef, FactSpec, FactType, Kind, Named, Not
from eligibility.model.truth import Truth
from eligibility.proving import Verdict, Versions
from eligibility.specification import Specification
from eligibility.specification.case_result import CaseResult
from eligibility.specification.mutation.equivalence import Equivalence, equivalence
from eligibility.specification.mutation.formulas import Sort, changed, changes
from eligibility.specification.mutation.mutant import Mutant
from eligibility.specification.mutation.mutants import beyond_features, mutants_of
from eligibility.specification.mutation.report import MutationReport, mutation_report
from eligibility.specification.mutation.survival import run_mutants
from rulebook.rule_copy import AS_OF, RuleCopy

Tried = Callable[..., Specification]
ADULT = """  场景大纲: 年龄<年龄>
    假如 申请人的"批准日年龄"为"<年龄>"
    当 按"km-reform"于"2022-10-31"审核
    那么 结论应为"<结论>"
    例子:
      | 年龄 | 结论     |
      | 10岁 | 备案登记 |
      | 20岁 | 符合     |
"""
FACTS = {"area": FactSpec("area", "面积", FactType.AREA, "亩"), "age": FactSpec("age", "年龄", FactType.YEARS, "岁")}


def of(policy_mutants: list[Mutant], file: str, sort: Sort | None = None) -> list[Mutant]:
    return [m for m in policy_mutants if m.file == file and sort in (None, m.sort)]


def test_a_comparison_is_taken_for_its_neighbours_and_a_number_moves_both_ways() -> None:
    formula = Compare("<", FactRef("area"), Constant(300_000))
    made = {changed(formula, change) for change in changes(formula, FACTS)}
    assert made == {
        Compare("<=", FactRef("area"), Constant(300_000)),
        Compare(">", FactRef("area"), Constant(300_000)),
        *(Compare("<", FactRef("area"), Constant(value)) for value in (200_000, 400_000, 290_000, 310_000)),
    }


def test_connectives_are_swapped_and_negations_dropped_and_added_at_every_node() -> None:
    formula = AllOf((Named("a"), Not(Named("b"))))
    made = [changed(formula, change) for change in changes(formula, FACTS)]
    assert AllOf((Not(Named("a")), Not(Named("b")))) in made
    assert AllOf((Named("a"), Named("b"))) in made
    assert len(made) == len({repr(one) for one in made}) == 3


def test_km_reform_has_a_mutant_of_every_kind_and_every_clause(km_reform: Specification) -> None:
    mutants = mutants_of(km_reform.policy)
    assert {mutant.sort for mutant in mutants} == set(Sort)
    assert len(mutants) > 300
    for clause in km_reform.policy.clauses:
        own = of(mutants, f"clauses/{clause}.yaml")
        assert sum(mutant.sort is Sort.CLAUSE for mutant in own) == 1
        assert sum(mutant.sort is Sort.KIND for mutant in own) == 3
    assert {"state_council_farmland_line", "agreements_complete"} <= set(beyond_features(km_reform.policy))
    assert "most_land_line" not in beyond_features(km_reform.policy)


def test_a_sample_of_km_reform_is_noticed(km_reform: Specification) -> None:
    mutants = mutants_of(km_reform.policy)[::20]
    found = list(run_mutants(km_reform, mutants))
    assert not [mutant_result.mutant.question for mutant_result in found if mutant_result.survives]
    assert sum(mutant_result.killer is not None for mutant_result in found) > len(found) * 0.8


def test_the_boundary_that_no_example_touches_becomes_a_question(tried: Tried) -> None:
    specification = tried(ADULT)
    mutants = mutants_of(specification.policy)
    some = of(mutants, "parameters/adult_age.yaml") + mutants[::25]
    found = MutationReport(tuple(run_mutants(specification, some)), ())
    request = [
        mutant_result.mutant.question
        for mutant_result in found.survivors
        if mutant_result.mutant.file == "parameters/adult_age.yaml"
    ]
    assert any(
        question.startswith("若把参数“参保年龄下限”中的「16岁」改为「15岁」，没有任何场景会失败：是否有意？")
        for question in request
    )
    assert found.share < 0.6


def test_an_example_on_the_boundary_answers_the_question(tried: Tried) -> None:
    specification = tried(ADULT + "      | 15岁 | 备案登记 |\n      | 16岁 | 符合     |\n")
    moved = of(mutants_of(specification.policy), "parameters/adult_age.yaml", Sort.NUMBER)
    assert len(moved) == 2
    assert all(mutant_result.killer is not None for mutant_result in run_mutants(specification, moved))


def test_a_killer_would_also_fail_before_the_first_evaluator(km_reform: Specification) -> None:
    """Mutants are tried by the second evaluator; durable-rules must kill them with the same row."""
    mutants = [m for m in mutants_of(km_reform.policy) if m.sort is not Sort.DAY][3::45]
    tried = [
        mutant_result for mutant_result in run_mutants(km_reform, mutants) if mutant_result.equivalent is None
    ]  # what changes nothing nobody notices
    assert len(tried) >= 8
    for mutant_result in tried:
        killer = mutant_result.killer
        assert killer is not None
        assert killer.case is not None
        policy = mutant_result.mutant.apply(km_reform.runner.loader.policy(killer.case.request))
        marks = evaluate_conditions(policy, dict(killer.case.facts))
        verdict = evaluate_clauses(policy, marks)
        assumed = verdict.assumed_parameters
        case_result = CaseResult(
            policy,
            marks,
            verdict.outcome,
            verdict.reasons,
            verdict.clauses,
            lambda assumed=assumed: assumed,
            dict(killer.case.facts),
        )
        assert not all(_holds(expect, case_result) for expect in killer.expectations)


def _holds(expect: Callable[[CaseResult], object], case_result: CaseResult) -> bool:
    from eligibility.specification.case import SentenceError

    try:
        return expect(case_result).holds
    except SentenceError:
        return False


def test_mutants_are_not_tried_on_a_specification_that_fails(tried: Tried) -> None:
    failing = tried(ADULT.replace("20岁 | 符合    ", "20岁 | 不符合  "))
    with pytest.raises(InputError, match="specification_fails"):
        mutation_report(failing)


@pytest.fixture(scope="module")
def proved(km_reform: Specification) -> Equivalence:
    return equivalence(km_reform)


def test_a_value_that_begins_before_anybody_can_ask_is_no_question(
    km_reform: Specification, proved: Equivalence, tmp_path: Path
) -> None:
    earlier, later = of(mutants_of(km_reform.policy), "parameters/adult_age.yaml", Sort.DAY)
    assert proved.proof(earlier) is not None
    assert proved.proof(later) is None
    rules = RuleCopy.at(tmp_path)
    rules.edit("km-reform/rulebook.yaml", "since: 2019-01-01", "since: 2018-01-01")
    longer = Versions(rules.root / "km-reform", AS_OF).altered(earlier.apply)
    assert (longer.verdict, longer.day) == (Verdict.FAILED, date(2018, 12, 31))


def test_a_reason_said_by_a_twin_is_no_question_until_the_twins_are_gone(
    km_reform: Specification, proved: Equivalence, tmp_path: Path
) -> None:
    reasons = of(mutants_of(km_reform.policy), "clauses/collective_land.yaml", Sort.REASON)
    lost = [mutant for mutant in reasons if proved.proof(mutant)]
    assert lost
    rules = RuleCopy.at(tmp_path)
    for twin in ("government_expropriation", "approval_exists"):
        rules.edit(f"km-reform/clauses/{twin}.yaml", f"when: {twin}\n", "when: {not: imprisoned}\n")
    alone = Versions(rules.root / "km-reform", AS_OF)
    assert any(alone.altered(mutant.apply).verdict is Verdict.FAILED for mutant in lost)


def test_a_change_under_a_value_that_is_only_on_file_is_a_question(
    km_reform: Specification, proved: Equivalence
) -> None:
    """Whoever pays into an employee pension is not excluded today; a slip in that clause shows once he is."""
    dropped = of(mutants_of(km_reform.policy), "clauses/employee_pension.yaml", Sort.CLAUSE)
    altered = proved.altered(dropped[0])
    assert (altered.verdict, altered.trying) == (Verdict.FAILED, (("employee_pension_excluded", "true"),))


def test_requirement_and_referral_are_one_only_where_papers_cannot_refute(
    km_reform: Specification, proved: Equivalence
) -> None:
    policy = km_reform.policy
    kinds = {
        name: [proved.proof(m) for m in of(mutants_of(policy), f"clauses/{name}.yaml", Sort.KIND)]
        for name in ("contract_right", "alive")
    }
    assert sum(one is not None for one in kinds["contract_right"]) == 1
    assert not any(kinds["alive"])
    contract = policy.clauses["contract_right"]
    assert contract.kind is Kind.REQUIREMENT
    for fact_mark in (Truth.PROVEN, Truth.OPEN):
        marks = next(iter(km_reform.trials)).case_result.marks | {"contract_right": fact_mark}
        referral = replace(
            policy, clauses=policy.clauses | {contract.id: replace(contract, kind=Kind.REFER, on_refuted=())}
        )
        first, second = evaluate_clauses(policy, marks), evaluate_clauses(referral, marks)
        assert (first.outcome, first.reasons) == (second.outcome, second.reasons)
