"""Quantities a head: what is divided by heads, households or months, or multiplied by them, means what plain arithmetic says."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import ceil, floor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eligibility.engine.reference_conditions import evaluate_condition
from eligibility.model.policy import FactSource, FactSpec, FactType, Formula
from eligibility.model.truth import Truth
from eligibility.rulebook.draft import Draft
from eligibility.rulebook.expression import compile_text
from eligibility.rulebook.glossary import name_facts
from eligibility.rulebook.problems import Spot
from eligibility.rulebook.reading import read_files
from eligibility.rulebook.terms import Terms
from eligibility.rulebook.timelines import read_timelines
from rulebook.rule_copy import AS_OF, RULES

SOURCE = FactSource("persons", ("x",), False, ())
FACTS = {
    spec.id: spec
    for spec in (
        FactSpec("income", "月收入", FactType.MONEY, "元"),
        FactSpec("people", "人数", FactType.COUNT, "人"),
        FactSpec("houses", "户数", FactType.COUNT, "户"),
        FactSpec("agreed", "同意户数", FactType.COUNT, "户"),
        FactSpec("taken", "被征面积", FactType.AREA, "亩"),
        FactSpec("before", "征前面积", FactType.AREA, "亩"),
        FactSpec("a_head", "征前人均", FactType.AREA_PER_HEAD, "亩", source=SOURCE, computed="征前面积 / 人数"),
    )
}
STEPS_OF = ("income", "people", "houses", "agreed", "taken", "before")
STEPS = {FactType.MONEY: 100, FactType.COUNT: 1, FactType.AREA: 10**6}
BOOK = name_facts(read_files(Draft(RULES / "km-reform", AS_OF)))
BOOK = replace(BOOK, fact_specs={**BOOK.fact_specs, **FACTS})
BOOK.facts.entries["a_head"] = replace(next(iter(BOOK.facts.entries.values())), id="a_head")
BOOK = read_timelines(BOOK)


def compiled(text: str) -> tuple[Formula, list[str], list[str]]:
    terms, wrong = Terms(BOOK, Spot("x", row=1)), []
    formula = compile_text(text, terms.leaf, terms.at, wrong)
    return formula, [finding.code for finding in wrong], terms.divisors


def mark(formula: Formula, ends: dict[str, tuple[int, int]]) -> Truth:
    row = {column: None for spec in FACTS.values() for column in spec.columns}
    for name, (low, high) in ends.items():
        steps = STEPS[FACTS[name].type]
        row |= {f"{name}_lo": low * steps, f"{name}_hi": high * steps}
    return evaluate_condition(formula, row, FACTS)


def halves_up(number: Fraction) -> int:
    return floor(number + Fraction(1, 2))


SAID = {
    "月收入 / 人数 < 3 元": lambda w: Fraction(w["income"], w["people"]) < 3,
    "3 元 > 月收入 / 人数": lambda w: Fraction(w["income"], w["people"]) < 3,
    "月收入 >= 1.5 * 2 元 * 人数": lambda w: w["income"] >= 3 * w["people"],
    "人数 * 2 元 <= 月收入": lambda w: w["income"] >= 2 * w["people"],
    "同意户数 / 户数 >= 2/3": lambda w: Fraction(w["agreed"], w["houses"]) >= Fraction(2, 3),
    "同意户数 >= 户数 * 2 / 3": lambda w: 3 * w["agreed"] >= 2 * w["houses"],
    "被征面积 / 征前面积 >= 60%": lambda w: Fraction(w["taken"], w["before"]) >= Fraction(3, 5),
    "(征前面积 - 被征面积) / 人数 < 0.5 亩": lambda w: Fraction(w["before"] - w["taken"], w["people"]) < Fraction(1, 2),
    "征前人均 <= 0.5 亩": lambda w: Fraction(w["before"], w["people"]) <= Fraction(1, 2),
    "人数 / 户数 <= 2 人": lambda w: Fraction(w["people"], w["houses"]) <= 2,
    "同意户数 <= 四舍五入(被征面积 / (征前面积 / 户数))": lambda w: (
        w["agreed"] <= halves_up(Fraction(w["taken"] * w["houses"], w["before"]))
    ),
    "同意户数 <= 取整(被征面积 * 户数 / 征前面积)": lambda w: (
        w["agreed"] <= floor(Fraction(w["taken"] * w["houses"], w["before"]))
    ),
    "同意户数 <= 进一(被征面积 / 征前人均)": lambda w: (
        w["agreed"] <= ceil(Fraction(w["taken"] * w["people"], w["before"]))
    ),
}


@pytest.mark.parametrize("text", [text for text, truth in SAID.items()])
@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_it_is_decided_exactly_where_all_that_may_be_says_so(text: str, data: st.DataObject) -> None:
    formula, codes, divisors = compiled(text)
    assert codes == []
    ends = {
        name: tuple(sorted(data.draw(st.tuples(*[st.integers(name in (*divisors, "before"), 5)] * 2))))
        for name in STEPS_OF
    }
    worlds = [
        dict(zip(ends, values, strict=True))
        for values in product(*(range(low, high + 1) for low, high in ends.values()))
    ]
    seen = {SAID[text](world) for world in worlds}
    found = mark(formula, ends)
    if len(seen) == 2:
        assert found is Truth.OPEN
    elif all(low == high for low, high in ends.values()):
        assert found is (Truth.PROVEN if True in seen else Truth.REFUTED)
    else:  # between the whole numbers lie others, of areas and money
        assert found in (Truth.OPEN, Truth.PROVEN if True in seen else Truth.REFUTED)


@pytest.mark.parametrize(
    "text",
    [
        "月收入 / 人数 < 3 亩",
        "月收入 * 被征面积 < 3 元",
        "月收入 / 人数 < 月收入 / 户数",
        "被征面积 / 人数 / 户数 < 1 亩",
        "月收入 < 3 元 * 人数 * 户数",
        "同意户数 / 户数 >= 2 户",
        "人数 <= 四舍五入(被征面积 / 月收入)",
        "人数 <= 四舍五入(被征面积 * 征前面积 / 征前面积)",
        "被征面积 < 0.5 * 人数",
    ],
)
def test_what_would_mix_units_or_multiply_two_unknowns_is_refused(text: str) -> None:
    formula, codes, _ = compiled(text)
    assert codes and codes[0] in ("bad_expression", "type_mismatch", "unit_mismatch"), formula


def test_what_divides_is_told_so_that_nothing_divides_by_nothing() -> None:
    assert compiled("月收入 / 人数 < 3 元")[2] == ["people"]
    assert compiled("月收入 < 3 元 * 人数")[2] == []
