"""What an expression means, as formulas over facts; and that nothing else can be said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eligibility.model.policy import (
    AllOf,
    AnyOf,
    Compare,
    Constant,
    FactRef,
    Formula,
    Holds,
    Named,
    Not,
    ReviewReason,
    Unknown,
    Within,
)
from eligibility.rulebook import load_policy
from eligibility.rulebook.draft import Draft
from eligibility.rulebook.expression import compile_text
from eligibility.rulebook.glossary import name_facts
from eligibility.rulebook.problems import Spot
from eligibility.rulebook.reading import read_files
from eligibility.rulebook.terms import Terms
from eligibility.rulebook.timelines import read_timelines
from rulebook.rule_copy import AS_OF, RULES, RuleCopy

DRAFT = read_timelines(name_facts(read_files(Draft(RULES / "km-reform", AS_OF))))
LOSS, HEAD, AGE, DAY = (FactRef(f) for f in ("lawful_loss", "remaining_per_head", "age_at_approval", "approval_date"))
OWN, STUDENT, OFFICER = FactRef("own_area"), FactRef("student"), FactRef("officer")


def compiled(text: str) -> tuple[Formula, list[str]]:
    terms, wrong = Terms(DRAFT, Spot("x", row=1)), []
    formula = compile_text(text, terms.leaf, terms.at, wrong)
    return formula, [finding.code for finding in wrong]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("remaining_per_head <= 0.3 亩", Compare("<=", HEAD, Constant(30_000_000))),
        ("人均剩余耕地 ≤ 0.3亩", Compare("<=", HEAD, Constant(30_000_000))),
        ("remaining_per_head < most_land_line", Compare("<", HEAD, Constant(30_000_000, "most_land_line"))),
        ("人均剩余耕地 < 大部分土地标准", Compare("<", HEAD, Constant(30_000_000, "most_land_line"))),
        ("lawful_loss > 0", Compare(">", LOSS, Constant(0))),
        ("lawful_loss = own_area", Compare("=", LOSS, OWN)),
        ("lawful_loss > 35 公顷", Compare(">", LOSS, Constant(525_000_000))),
        ("lawful_loss >= 1 平方米", Compare(">=", LOSS, Constant(1_500))),
        ("16 岁 <= 批准日年龄", Compare("<=", Constant(16), AGE)),
        ("age_at_approval != 16 周岁", Compare("!=", AGE, Constant(16))),
        ("approval_date >= '2009-01-01'", Compare(">=", DAY, Constant(date(2009, 1, 1)))),
        ("student", Holds(STUDENT)),
        ("not student", Not(Holds(STUDENT))),
        ("unknown(student)", Unknown(STUDENT)),
        ("unknown(征地时在校) and not 军官", AllOf((Unknown(STUDENT), Not(Holds(OFFICER))))),
        ("public_staff_excluded", Holds(Constant(True, "public_staff_excluded"))),
        ("student or officer or not student", AnyOf((Holds(STUDENT), Holds(OFFICER), Not(Holds(STUDENT))))),
        ("student and (officer or student)", AllOf((Holds(STUDENT), AnyOf((Holds(OFFICER), Holds(STUDENT)))))),
        ("student or officer and student", AnyOf((Holds(STUDENT), AllOf((Holds(OFFICER), Holds(STUDENT)))))),
        ("（student）", Holds(STUDENT)),
        ("hukou_district in local_places", Within(FactRef("hukou_district"), Constant(("呈贡区",), "local_places"))),
        ("employee_pension in ('none', 'insured')",
         Within(FactRef("employee_pension"), Constant(("none", "insured")))),
        ("employee_pension not in ('none', 'insured')",
         Not(Within(FactRef("employee_pension"), Constant(("none", "insured"))))),
        ("employee_pension = 'none'", Compare("=", FactRef("employee_pension"), Constant("none"))),
    ],
)  # fmt: skip
def test_an_expression_means(text: str, meaning: Formula) -> None:
    assert compiled(text) == (meaning, [])


@pytest.mark.parametrize(
    "text",
    [
        "student; drop table persons", "student -- officer\n; select 1", "select 1", "1", "'x'", "true", "null", "*",
        "student is null", "student is true", "lawful_loss between 1 and 2", "lawful_loss like 'x'", "x.student",
        "unknown(student, officer)", "unknown()", "unknown(1)", "case when student then officer end", "-lawful_loss > 0",
        "lawful_loss > -1", "student in local_places", "hukou_district in (select 1)", "hukou_district in ('月球')",
        "hukou_district in ()", "quantity(1, '亩')", "lawful_loss > quantity(1)", "0.3 亩", "lawful_loss > 1 里", "adult_age",
        "adult_age > 16 岁", "student xor officer", "student + officer", "cast(lawful_loss as int) > 0", "interval 1 day",
    ],
)  # fmt: skip
def test_nothing_else_can_be_said(text: str) -> None:
    _, wrong = compiled(text)
    assert wrong


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.text(
        alphabet=st.sampled_from(list("abst()'\"=<>!, ._%+-*/;[]{}@:?\\\n0123亩岁student or not and in")), max_size=40
    )
)
def test_no_text_breaks_the_compiler(text: str) -> None:
    formula, wrong = compiled(text)
    assert wrong or isinstance(formula, Compare | Within | Holds | Unknown | Not | AllOf | AnyOf)


@pytest.mark.parametrize(("compare", "sign"), [("lt", "<"), ("le", "<="), ("", "<?")])
def test_the_comparison_parameter_decides_whether_the_line_counts(compare: str, sign: str) -> None:
    policy = load_policy(RULES / "km-reform", as_of=AS_OF, trying={"most_land_compare": compare})
    condition = policy.conditions["most_land_lost"]
    assert condition.expression == AllOf(
        (Compare(">", LOSS, Constant(0)), Compare(sign, HEAD, Constant(30_000_000, "most_land_line")))
    )
    assert condition.parameters == ("most_land_line", "most_land_compare")


def test_a_condition_for_while_a_parameter_is_unset_is_refuted_once_it_is_set() -> None:
    at_line = Compare("=", HEAD, Constant(30_000_000, "most_land_line"))
    unset = load_policy(RULES / "km-reform", as_of=AS_OF)
    decided = load_policy(RULES / "km-reform", as_of=AS_OF, trying={"most_land_compare": "le"})
    assert unset.conditions["at_line"].expression == at_line
    assert decided.conditions["at_line"].expression == AllOf((at_line, Holds(Constant(False))))


def test_a_clause_may_be_written_as_all_any_not_or_as_text(tmp_path: Path) -> None:
    rules = RuleCopy.at(tmp_path)
    path = "km-reform/clauses/most_land_lost.yaml"
    rules.edit(
        path, "when: {any: [all_land_lost, most_land_lost]}", "when: {all: [失去全部土地, {not: alive or adult}]}"
    )
    assert rules.load().clauses["most_land_lost"].when == AllOf(
        (Named("all_land_lost"), Not(AnyOf((Named("alive"), Named("adult")))))
    )


def test_a_shared_list_of_reasons_takes_on_the_premise_of_its_use() -> None:
    reasons = load_policy(RULES / "km-reform", as_of=AS_OF).clauses["contract_right"].on_open
    premise = AllOf((Named("gap_reserve_only"), Named("title_present")))
    assert ReviewReason("reserve_land_without_approval", premise) in reasons
