"""The sentences that feature files may use. Anybody can write a feature with them; no Python is needed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_bdd import given, parsers, then, when

from eligibility.domain.policy import Policy
from eligibility.engine import conditions_sql, profiles
from features.feature_hearing import MARKS, Hearing


@pytest.fixture(scope="session", autouse=True)
def conditions_written_once() -> Iterator[None]:
    """The SQL of the conditions depends on the policy alone; writing it anew for each scenario is most of their time."""
    written: dict[int, str] = {}

    def once(policy: Policy, dialect: str = "duckdb") -> str:
        if id(policy) not in written:
            written[id(policy)] = conditions_sql(policy, dialect)
        return written[id(policy)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(profiles, "conditions_sql", once)
        yield


@pytest.fixture
def hearing() -> Hearing:
    """The case of one scenario."""
    return Hearing()


@given(parsers.parse('申请人的"{fact}"为"{value}"'))
def state(hearing: Hearing, fact: str, value: str) -> None:
    hearing.stated[fact] = value


@given("申请人的情况为")
def state_all(hearing: Hearing, datatable: list[list[str]]) -> None:
    hearing.stated.update({fact: value for fact, value in datatable if fact != "事实"})


@given("其余条件均已成立")
def others_hold(hearing: Hearing) -> None:
    hearing.others_hold = True


@given(parsers.parse('参数"{parameter}"试设为"{value}"'))
def try_value(hearing: Hearing, parameter: str, value: str) -> None:
    hearing.trying[parameter] = "" if value == "未设定" else value


@when(parsers.parse('按"{rulebook}"于"{day}"审核'))
def decide(hearing: Hearing, rulebook: str, day: str) -> None:
    hearing.decide(rulebook, day)


@then(parsers.parse('条件"{condition}"应为"{mark}"'))
def condition_is(hearing: Hearing, condition: str, mark: str) -> None:
    assert hearing.condition(condition) == MARKS[mark]


@then(parsers.parse('条款"{clause}"应为"{mark}"'))
def clause_is(hearing: Hearing, clause: str, mark: str) -> None:
    assert hearing.clause(clause) == MARKS[mark]


@then(parsers.parse('结论应为"{outcome}"'))
def outcome_is(hearing: Hearing, outcome: str) -> None:
    assert hearing.outcome() == outcome, f"理由：{hearing.codes('reasons')}"


@then(parsers.parse('理由应包含"{code}"'))
def reason_given(hearing: Hearing, code: str) -> None:
    assert hearing.known_reason(code) in hearing.codes("reasons")


@then(parsers.parse('理由不应包含"{code}"'))
def reason_not_given(hearing: Hearing, code: str) -> None:
    assert hearing.known_reason(code) not in hearing.codes("reasons")


@then(parsers.parse('理由应恰为"{codes}"'))
def reasons_are(hearing: Hearing, codes: str) -> None:
    expected = [] if codes == "无" else sorted(hearing.known_reason(code) for code in codes.split("、"))
    assert hearing.codes("reasons") == expected


@then(parsers.parse('应列明推定参数"{parameter}"'))
def parameter_listed(hearing: Hearing, parameter: str) -> None:
    assert parameter in hearing.codes("assumed_parameters")


@then(parsers.parse('不应列明推定参数"{parameter}"'))
def parameter_not_listed(hearing: Hearing, parameter: str) -> None:
    assert hearing.known_parameter(parameter) not in hearing.codes("assumed_parameters")
