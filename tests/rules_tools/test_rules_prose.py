"""Conditions and clauses as sentences, the rulebook as a page, the legal numbers as a table."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from rules_tools_runs import copied_rules, edit, refused, said

from eligibility.model.policy import AllOf, AnyOf, Compare, Constant, FactType, Formula, Not, Policy, Within
from eligibility.rulebook import load_policy, rulebooks
from eligibility.rulebook.difference import day_in_force
from eligibility.rulebook.prose import Naming, say_condition, say_formula
from support.paper_folder import AS_OF, RULES

STEPS = {FactType.AREA: 10**6, FactType.AREA_PER_HEAD: 10**8, FactType.MONEY: 100}


def policies() -> list[Policy]:
    folders = [RULES.parent / name for name in rulebooks(RULES.parent)]
    return [load_policy(folder, as_of=day_in_force(folder, date(2022, 10, 31))) for folder in folders]


CONDITIONS = [(policy, name) for policy in policies() for name in policy.conditions]


def numbers(formula: Formula, policy: Policy) -> Iterator[str]:
    """Every number, day or word that a condition compares with, as a reader would write it."""
    match formula:
        case Not(of=inner):
            yield from numbers(inner, policy)
        case AllOf(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from numbers(part, policy)
        case Within(values=Constant(value=tuple() as words)):
            yield from (word for word in words if not word.isascii())
        case Compare(left=left, right=right):
            fact = next(side for side in (left, right) if not isinstance(side, Constant))
            for side in (left, right):
                match side:
                    case Constant(value=date() as day):
                        yield f"{day.year}年{day.month}月{day.day}日"
                    case Constant(value=int() as value) if value:
                        of = getattr(fact, "id", "")  # an age has none, and counts in years
                        steps = STEPS.get(policy.facts[of].type, 1) if of else 1
                        yield f"{(Decimal(value) / steps).normalize():f}"
                    case Constant(value=0):
                        yield "零"


@pytest.mark.parametrize(("policy", "name"), CONDITIONS, ids=[f"{p.id}-{name}" for p, name in CONDITIONS])
def test_the_sentence_of_a_condition_contains_its_numbers(policy: Policy, name: str) -> None:
    condition = policy.conditions[name]
    sentence = say_condition(condition, policy)
    assert sentence.zh
    assert sentence.en
    for number in numbers(condition.expression, policy):
        assert number in sentence.zh, sentence.zh
    for title in (policy.facts[fact].title for fact in condition.facts):
        settled = "恒成立" in sentence.zh or "恒不成立" in sentence.zh
        assert title in sentence.zh or settled, sentence.zh


@pytest.mark.parametrize(
    ("compare", "sentence"),
    [
        ("le", "依法征收面积大于零，且人均剩余耕地不高于 0.3 亩"),
        ("lt", "依法征收面积大于零，且人均剩余耕地低于 0.3 亩"),
        ("", "依法征收面积大于零，且人均剩余耕地低于 0.3 亩（恰为此数时是否算，尚未设定）"),
    ],
)
def test_the_line_is_said_as_the_comparison_says(compare: str, sentence: str) -> None:
    policy = load_policy(RULES, as_of=AS_OF, trying={"most_land_compare": compare})
    assert say_condition(policy.conditions["most_land_lost"], policy).zh == sentence


def test_a_switch_is_settled_in_the_sentence_and_named_behind_it() -> None:
    policy = load_policy(RULES, as_of=AS_OF)
    assert say_condition(policy.conditions["not_officer"], policy).zh == "“军官”不属实（军官是否不纳入：是）"
    other = load_policy(RULES, as_of=AS_OF, trying={"officers_excluded": "false"})
    assert say_condition(other.conditions["not_officer"], other).zh == "恒成立（军官是否不纳入：否）"
    unset = load_policy(RULES, as_of=AS_OF, trying={"officers_excluded": ""})
    assert "未设定" in say_condition(unset.conditions["not_officer"], unset).zh


def test_by_name_a_sentence_says_the_parameter_and_not_its_value() -> None:
    policy = load_policy(RULES, as_of=AS_OF)
    assert say_formula(policy.conditions["adult"].expression, policy, Naming.TITLES).zh == (
        "批准日年龄不低于“参保年龄下限”"
    )


def test_show_prints_every_clause_and_every_number() -> None:
    policy = load_policy(RULES, as_of=AS_OF)
    shown = said("show", RULES, "--as-of", "2022-10-31").replace("\n", "").replace(" ", "")
    for clause in policy.clauses.values():
        assert clause.title.replace(" ", "") in shown
        assert clause.id in shown
    for parameter in policy.parameters.values():
        assert parameter.id in shown


def test_the_page_is_one_offline_file_with_every_clause(tmp_path: Path) -> None:
    policy = load_policy(RULES, as_of=AS_OF)
    said("show", RULES, "--html", tmp_path / "page.html", "--as-of", "2022-10-31")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    for name in policy.clauses:
        assert f'id="clause-{name}"' in page
    for name in policy.parameters:
        assert f'id="number-{name}"' in page
    assert "http://" not in page
    assert "https://" not in page
    assert "批准日年龄不低于 16 岁" in page


@pytest.mark.parametrize("name", rulebooks(RULES.parent))
def test_every_rulebook_can_be_shown(name: str, tmp_path: Path) -> None:
    said("show", RULES.parent / name, "--html", tmp_path / "page.html")
    assert load_policy_title(name) in (tmp_path / "page.html").read_text(encoding="utf-8")


def load_policy_title(name: str) -> str:
    folder = RULES.parent / name
    return load_policy(folder, as_of=day_in_force(folder, AS_OF)).title


def test_show_of_rules_that_cannot_be_used_says_where(tmp_path: Path) -> None:
    rules = copied_rules(tmp_path)
    edit(rules / "clauses" / "adult.yaml", "when: adult", "when: adlut")
    assert "adult.yaml" in refused("show", rules)


def test_params_counts_who_rests_on_each_assumed_number(on_the_line: Path) -> None:
    with (on_the_line / "decisions.csv").open(encoding="utf-8-sig", newline="") as file:
        counted = Counter(name for row in csv.DictReader(file) for name in row["assumed_parameters"].split(";") if name)
    table = json.loads(said("params", RULES, "--run", on_the_line, "--json"))
    assert {line["id"]: line["persons"] for line in table if line["persons"]} == dict(counted)
    assert counted["most_land_line"] > 0
    line = next(one for one in table if one["id"] == "most_land_line")
    assert (line["value"], line["status"], line["alternatives"]) == ("0.3 亩", "assumed", ["0.2 亩", "0.8 亩"])
    unset = next(one for one in table if one["id"] == "most_land_compare")
    assert (unset["value"], unset["status"]) == ("未设定", "unset")


def test_params_knows_the_day(tmp_path: Path) -> None:
    rules = copied_rules(tmp_path)
    edit(
        rules / "parameters" / "adult_age.yaml",
        "alternatives:",
        '  - since: 2021-01-01\n    value: "17"\n    citation:\n      instrument: km-reform\n      article: 试例\n'
        "      quote: 未见原文\n      status: assumed\nalternatives:",
    )
    for day, value in (("2020-12-31", "16 岁"), ("2021-01-01", "17 岁")):
        table = json.loads(said("params", rules, "--as-of", day, "--json"))
        assert next(one["value"] for one in table if one["id"] == "adult_age") == value
