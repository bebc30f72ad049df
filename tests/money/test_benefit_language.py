"""What a benefit may say, and what is refused when it says it wrongly: units, names, order, shares, rounding."""

from __future__ import annotations

import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.model.diagnostic import InputError
from eligibility.model.truth import Truth
from eligibility.money.reckon import Reckoner
from eligibility.rulebook import load_policy
from eligibility.rulebook.case import unknown_row
from eligibility.rulebook.lint.run import check_rules

RULES = Path(__file__).parents[2] / "rules"
AS_OF = date(2022, 10, 31)
LAW = "{instrument: practice, article: 试验, quote: 未见原文, status: assumed}"


def rulebook(folder: Path, body: str) -> Path:
    """A copy of km-reform with one benefit more."""
    shutil.copytree(RULES, folder / "rules")
    text = f"id: trial\ntitle: 试验\npaid: month\ncitation: {LAW}\n{body}"
    (folder / "rules" / "km-reform" / "benefits" / "trial.yaml").write_text(text, encoding="utf-8")
    return folder / "rules" / "km-reform"


def step(value: str, unit: str = "元", more: str = "    round: {to: 0.01元, how: half_up}\n", ident: str = "a") -> str:
    return f"  - id: {ident}\n    title: 步{ident}\n    unit: {unit}\n    {value}\n{more}    citation: {LAW}\n"


WRONG = {
    "another unit": ("steps:\n" + step("value: 16 岁"), "单位"),
    "unlike quantities added": ("steps:\n" + step("value: 5 元 + 3 年"), "单位不同"),
    "an unknown name": ("steps:\n" + step("value: 没有的参数 * 1 元"), "没有名为"),
    "a later step": ("steps:\n" + step("value: b * 1 元", ident="a") + step("value: 1 元", ident="b"), "没有名为"),
    "no rounding of the amount": ("steps:\n" + step("value: 5 元", more=""), "取整"),
    "rounding in another unit": ("steps:\n" + step("value: 5 元", more="    round: {to: 1年, how: down}\n"), "取整"),
    "a step twice": ("steps:\n" + step("value: 1 元") + step("value: 1 元"), "两次"),
    "value and cases": ("steps:\n" + step("value: 1 元\n    cases: [{value: 2 元}]"), "恰写其一"),
    "the rest before the last": ("steps:\n" + step("cases: [{value: 1 元}, {when: 服刑, value: 2 元}]"), "只能在最后"),
    "a share too many": (
        "steps:\n" + step("value: 1 元") + f"shares:\n  - {{payer: a, title: 甲, share: 80%, citation: {LAW}}}\n",
        "承担其余",
    ),
    "a payer twice": (
        "steps:\n" + step("value: 1 元") + f"shares:\n  - {{payer: a, title: 甲, share: 80%, citation: {LAW}}}\n  - {{payer: a, title: 甲, citation: {LAW}}}\n",
        "两次",
    ),
    "an unknown class": ("classes: [没有的]\nsteps:\n" + step("value: 1 元"), "没有名为"),
    "an unknown outcome": ("outcomes: [maybe]\nsteps:\n" + step("value: 1 元"), "没有名为"),
    "a share in yuan": (
        "steps:\n" + step("value: 1 元") + f"shares:\n  - {{payer: a, title: 甲, share: 5 元, citation: {LAW}}}\n  - {{payer: b, title: 乙, citation: {LAW}}}\n",
        "单位",
    ),
    "an unknown key": ("colour: red\nsteps:\n" + step("value: 1 元"), "colour"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_refused_with_file_and_line(name: str, tmp_path: Path) -> None:
    body, says = WRONG[name]
    folder = rulebook(tmp_path, body)
    with pytest.raises(InputError) as refused:
        load_policy(folder, as_of=AS_OF)
    findings = [finding for finding in refused.value.findings if says in finding.problem.zh]
    assert findings, [finding.problem.zh for finding in refused.value.findings]
    assert findings[0].at.file.endswith("benefits/trial.yaml")
    assert findings[0].at.row
    assert {finding.code for finding in check_rules(folder, as_of=AS_OF).findings} >= {findings[0].code}


def reckoned(folder: Path, body: str, **facts: object):
    policy = load_policy(rulebook(folder, body), as_of=AS_OF)
    row = dict(unknown_row(policy)) | facts
    return Reckoner(policy, policy.benefits["trial"]).of(row)


@pytest.mark.parametrize(
    ("value", "heads", "fen"),
    [
        ("value: 在册人口 * 10 元", (3, 3), (3000, 3000)),
        ("value: 在册人口 * 10 元", (2, 4), (2000, 4000)),
        ("value: 100 元 / 在册人口 * 1 人", (3, 3), (3333, 3333)),
        ("value: 100 元 - 在册人口 * 10 元", (2, 4), (6000, 8000)),
        ("value: 较小(在册人口 * 10 元, 25 元)", (2, 4), (2000, 2500)),
        ("value: 较大(在册人口 * 10 元, 25 元)", (None, None), (2500, None)),
        ("value: 在册人口 * 10 元", (None, 4), (None, 4000)),
        ("value: 10 元 - 在册人口 * 10 元", (3, 3), (None, None)),
        ("cases: [{when: 在册人口 >= 3 人, value: 7 元}, {value: 5 元}]", (2, 4), (500, 700)),
        ("cases: [{when: 在册人口 >= 3 人, value: 7 元}]", (2, 4), (None, None)),
        ("cases: [{when: 在册人口 >= 3 人, value: 7 元}]", (3, 4), (700, 700)),
        ("value: 缴费补助每年金额", (3, 3), (None, None)),
        ("value: 较小(缴费补助每年金额, 25 元)", (3, 3), (None, None)),
        ("cases: [{when: 在册人口 >= 3 人, value: 7 元}, {value: 缴费补助每年金额}]", (3, 4), (700, 700)),
    ],
)
def test_an_amount_is_reckoned_exactly_as_a_range_or_not_at_all(
    value: str, heads: tuple[int | None, int | None], fen: tuple[int | None, int | None], tmp_path: Path
) -> None:
    made = reckoned(tmp_path, "steps:\n" + step(value), heads_lo=heads[0], heads_hi=heads[1])
    assert (made.low, made.high) == fen


def test_an_unknown_choice_is_read_for_each_of_its_words(tmp_path: Path) -> None:
    body = "when: 服刑 or not 服刑\nsteps:\n" + step(
        "value: case 性别 when '男' then 60 元 when '女' then 55 元 end - case 性别 when '男' then 10 元 when '女' then 5 元 end"
    )
    made = reckoned(tmp_path, body)
    assert (made.entitled, made.low, made.high) == (Truth.PROVEN, 5000, 5000)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_a_range_comes_to_holds_what_each_point_comes_to(data: st.DataObject) -> None:
    policy = load_policy(RULES / "guyuan-2016", as_of=AS_OF, trying={"subsidy_per_year": "333.33"})
    reckoner = Reckoner(policy, policy.benefits["contribution_subsidy"])
    low, age, high = sorted(data.draw(st.tuples(*[st.integers(16, 90)] * 3)))
    sex = data.draw(st.sampled_from(["男", "女"]))
    row = dict(unknown_row(policy))
    point = reckoner.of(row | {"sex": sex, "age_at_approval_lo": age, "age_at_approval_hi": age})
    wide = reckoner.of(
        row | {"sex": data.draw(st.sampled_from([sex, None])), "age_at_approval_lo": low, "age_at_approval_hi": high}
    )
    years = 15 if age >= (55 if sex == "男" else 50) else 10 if age >= (45 if sex == "男" else 40) else 5
    assert point.low == point.high == years * 33333
    assert wide.low is not None
    assert wide.high is not None
    assert wide.low <= years * 33333 <= wide.high
    assert point.steps[0].amount.point == Fraction(years)
