"""Compiles the arithmetic of benefits: names to facts, parameters and earlier steps; and checks that units fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from sqlglot import exp

from eligibility.model.benefit import (
    AgeAmount,
    Arithmetic,
    ByChoice,
    Extreme,
    FactAmount,
    Figure,
    Number,
    ParameterAmount,
    Rounded,
    Rounding,
    StepAmount,
)
from eligibility.model.diagnostic import Bilingual, Diagnostic
from eligibility.model.formula import AllOf, FactRef, Formula
from eligibility.model.policy import FactSpec, FactType, Parameter
from eligibility.model.units import UNITS, ValueFormatError, number
from eligibility.rulebook import parts
from eligibility.rulebook.draft import Draft
from eligibility.rulebook.expression import ExpressionError, compile_text
from eligibility.rulebook.operands import Operands
from eligibility.rulebook.parts import Age, Calculation, Case, Measure
from eligibility.rulebook.problems import Spot, finding
from eligibility.rulebook.terms import Terms

YUAN, YEARS, BARE, ANY = "元", "年", "", "*"

_UNITS: Mapping[str, tuple[str, Fraction]] = {
    "": (BARE, Fraction(1)),
    "倍": (BARE, Fraction(1)),
    "%": (BARE, Fraction(1, 100)),
    "元": (YUAN, Fraction(1)),
    "万元": (YUAN, Fraction(10_000)),
    "年": (YEARS, Fraction(1)),
    "岁": (YEARS, Fraction(1)),
    "周岁": (YEARS, Fraction(1)),
    "月": ("月", Fraction(1)),
    "个月": ("月", Fraction(1)),
    "天": ("天", Fraction(1)),
    "日": ("天", Fraction(1)),
    "人": ("人", Fraction(1)),
    "户": ("户", Fraction(1)),
    "次": ("次", Fraction(1)),
    "亩": ("亩", Fraction(1)),
    "公顷": ("亩", Fraction(15)),
    "平方米": ("亩", Fraction(3, 2000)),
}
"""Each unit in the one in which figures of its kind are reckoned."""

_EXTREMES = {"较小": "min", "较大": "max", "least": "min", "greatest": "max", "min": "min", "max": "max"}
_ROUNDINGS = {"四舍五入": "half_up", "取整": "down", "进一": "up"}


@dataclass(frozen=True, slots=True)
class _Of:
    """A part that conditions do not know: the least or greatest of several, or one rounded to a whole number."""

    word: str
    parts: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _StepPart:
    step: str
    unit: str


@dataclass(frozen=True, slots=True)
class FigureTerms(Terms):
    """As the terms of conditions, and steps by name, least, greatest and rounding of anything."""

    steps: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Id or title of each earlier step → its id and unit."""

    def part(self, node: exp.Expr) -> Any:
        """What a part of a figure names. Raises `ExpressionError`."""
        match node:
            case exp.Column() if not node.table and node.name in self.steps:
                return _StepPart(*self.steps[node.name])
            case exp.Anonymous() if str(node.this) in _EXTREMES and node.expressions:
                return _Of(_EXTREMES[str(node.this)], tuple(self.part(inner) for inner in node.expressions))
            case exp.Least() | exp.Greatest() | exp.Min() | exp.Max() if node.expressions:
                word = "min" if isinstance(node, exp.Least | exp.Min) else "max"
                return _Of(word, tuple(self.part(inner) for inner in (node.this, *node.expressions)))
            case exp.Anonymous(expressions=[inner]) if str(node.this) in _ROUNDINGS:
                return _Of(_ROUNDINGS[str(node.this)], (self.part(inner),))
        return Terms.part(self, node)


@dataclass(frozen=True, slots=True)
class Compiler:
    """Makes figures of texts; what is wrong is added to `wrong`, what is named is kept in `facts` and `parameters`."""

    draft: Draft
    wrong: list[Diagnostic]
    facts: list[str] = field(default_factory=list)
    parameters: list[str] = field(default_factory=list)

    def figure(self, text: str, at: Spot, steps: Mapping[str, tuple[str, str]], unit: str) -> Figure | None:
        """The figure of an expression, which must be in `unit`; None where it is wrong."""
        terms = FigureTerms(self.draft, at, self.facts, self.parameters, steps=steps)
        made: list[tuple[Figure, str]] = []

        def leaf(node: exp.Expr) -> Formula:
            made.append(self._figure(terms.part(node), at))
            return AllOf(())

        before = len(self.wrong)
        compile_text(text, leaf, at, self.wrong)
        if len(self.wrong) > before or len(made) != 1:
            if len(self.wrong) == before:
                self.wrong.append(_bad(at, f"“{text}”不是一个数", f"“{text}” is not one figure"))
            return None
        figure, reached = made[0]
        if unit != ANY and reached not in (unit, ANY):
            zh = f"“{text}”的单位是{reached or '纯数'}，这里应为{unit or '纯数'}"
            self.wrong.append(_bad(at, zh, f"“{text}” is in {reached or 'no unit'}, {unit or 'no unit'} is wanted"))
        return figure

    def formula(self, text: str, at: Spot) -> Formula:
        """The formula of a judgement on facts, as conditions have it."""
        terms = Terms(self.draft, at, self.facts, self.parameters)
        return compile_text(text, terms.leaf, at, self.wrong)

    def day(self, text: str, at: Spot) -> Any:
        """The day of an expression; None where it is wrong."""
        terms = Terms(self.draft, at, self.facts, self.parameters)
        made: list[Any] = []

        def leaf(node: exp.Expr) -> Formula:
            made.append(Operands(at, self.draft.as_of, Measure(FactType.DATE, "", "日期", "day")).day(terms.part(node)))
            return AllOf(())

        compile_text(text, leaf, at, self.wrong)
        return made[0] if len(made) == 1 else None

    def _figure(self, part: Any, at: Spot) -> tuple[Figure, str]:  # noqa: PLR0911 - one return a case
        match part:
            case parts.Number():
                return _number(part, at)
            case _StepPart():
                return StepAmount(part.step), part.unit
            case FactSpec():
                return self._fact(part, at)
            case Parameter():
                return self._parameter(part, at)
            case Age():
                measure = Measure(FactType.YEARS, "岁", "年龄", "age")
                return AgeAmount(Operands(at, self.draft.as_of, measure).age(part)), YEARS
            case Case():
                return self._case(part, at)
            case _Of(word="min" | "max"):
                figures = [self._figure(inner, at) for inner in part.parts]
                return Extreme(part.word, tuple(figure for figure, _ in figures)), _one(
                    at, [unit for _, unit in figures]
                )
            case _Of():
                inner, unit = self._figure(part.parts[0], at)
                return Rounded(inner, Rounding(part.word, Fraction(1))), unit
            case Calculation():
                return self._calculation(part, at)
        raise ExpressionError(
            _bad(at, "这里只能写数、量、参数、步骤", "a number, a quantity, a parameter or a step is wanted")
        )

    def _calculation(self, part: Calculation, at: Spot) -> tuple[Figure, str]:
        left, first = self._figure(part.left, at)
        right, second = self._figure(part.right, at)
        figure = Arithmetic(part.sign, left, right)
        match part.sign:
            case "+" | "-":
                return figure, _one(at, [first, second])
            case "*":
                return figure, _product(at, first, second)
            case _:
                if second in (first, ANY):
                    return figure, BARE
                if second == BARE or (first == YUAN and second != YUAN):
                    return figure, first
        raise ExpressionError(
            _bad(at, f"{first or '纯数'}不能除以{second}", f"{first or 'a bare number'} cannot be divided by {second}")
        )

    def _case(self, part: Case, at: Spot) -> tuple[Figure, str]:
        figures = [(word, *self._figure(inner, at)) for word, inner in part.parts.items()]
        unit = _one(at, [reached for _, _, reached in figures])
        return ByChoice(FactRef(part.fact.id), tuple((word, figure) for word, figure, _ in figures)), unit

    def _fact(self, spec: FactSpec, at: Spot) -> tuple[Figure, str]:
        if spec.type not in UNITS:
            raise ExpressionError(_bad(at, f"“{spec.title}”不是数量", f"{spec.id} is no quantity"))
        scale = next(iter(UNITS[spec.type].values()))
        if spec.type is FactType.PERCENT:
            return FactAmount(FactRef(spec.id), scale * 100), BARE
        return FactAmount(FactRef(spec.id), scale), _UNITS.get(spec.unit, (spec.unit, Fraction(1)))[0]

    def _parameter(self, parameter: Parameter, at: Spot) -> tuple[Figure, str]:
        if parameter.type not in {*map(str, UNITS), "number"}:
            raise ExpressionError(_bad(at, f"参数“{parameter.title}”不是数量", f"{parameter.id} is no quantity"))
        dated = parameter.on(self.draft.as_of)
        value = None if dated is None else dated.value
        unit = BARE if parameter.type in ("percent", "number") else _UNITS.get(parameter.unit, (parameter.unit, 1))[0]
        if not parameter.by:
            return ParameterAmount(parameter.id, _scaled(parameter, value)), unit
        self.facts.extend(parameter.by)
        if len(parameter.by) > 2 or not hasattr(value, "cells"):
            return ParameterAmount(parameter.id, None), unit
        return _tabled(parameter, value, parameter.by, ()), unit


def rounding_of(text: str, how: str, unit: str, at: Spot, wrong: list[Diagnostic]) -> Rounding | None:
    """The rounding that a rule file writes as `0.01元`; None where it is wrong."""
    digits = text.rstrip("元万年岁周月个天日人户次亩公顷平方米%倍 ")
    try:
        value, reached = number(digits), text[len(digits) :].strip()
    except ValueFormatError as bad:
        wrong.append(_bad(at, bad.problem.zh, bad.problem.en))
        return None
    kind, factor = _UNITS.get(reached, (ANY, Fraction(1)))
    if kind != unit or value <= 0:
        wrong.append(
            _bad(at, f"取整“{text}”应以{unit or '纯数'}计且大于零", f"round to a positive number of {unit or 'none'}")
        )
        return None
    return Rounding(how, value * factor)


def _tabled(parameter: Parameter, table: Any, by: tuple[str, ...], words: tuple[str, ...]) -> Figure:
    if not by:
        return ParameterAmount(parameter.id, _scaled(parameter, table.get(words)))
    place = len(words)
    named = dict.fromkeys(cell[place] for cell, _ in table.cells if cell[:place] == words)
    return ByChoice(FactRef(by[0]), tuple((word, _tabled(parameter, table, by[1:], (*words, word))) for word in named))


def _scaled(parameter: Parameter, value: Any) -> Fraction | None:
    if not isinstance(value, int | Fraction) or isinstance(value, bool):
        return None
    if parameter.type in ("percent", "number"):
        return Fraction(value) / (100 if parameter.type == "percent" else 1)
    return Fraction(value) / next(iter(UNITS[FactType(parameter.type)].values()))


def _number(part: parts.Number, at: Spot) -> tuple[Figure, str]:
    if part.unit not in _UNITS:
        raise ExpressionError(_bad(at, f"不能用单位“{part.unit}”", f"no unit “{part.unit}” here"))
    unit, factor = _UNITS[part.unit]
    try:
        value = number(part.text) * factor
    except ValueFormatError as bad:
        raise ExpressionError(_bad(at, bad.problem.zh, bad.problem.en)) from None
    return Number(value), unit if value or part.unit else ANY


def _one(at: Spot, units: list[str]) -> str:
    known = {unit for unit in units if unit != ANY}
    if len(known) > 1:
        zh = "、".join(sorted(unit or "纯数" for unit in known))
        raise ExpressionError(
            _bad(at, f"单位不同，不能相加减或比较：{zh}", f"different units: {', '.join(sorted(known))}")
        )
    return known.pop() if known else ANY


def _product(at: Spot, first: str, second: str) -> str:
    for entry, other in ((first, second), (second, first)):
        if other in (BARE, ANY):
            return entry
        if entry == YUAN and other != YUAN:
            return YUAN
    raise ExpressionError(_bad(at, f"{first}不能乘以{second}", f"{first} cannot be multiplied by {second}"))


def _bad(at: Spot, zh: str, en: str) -> Diagnostic:
    remedy = Bilingual(
        "可用：数与单位、事实、参数、前面的步骤、+ - * /、较小(…)、较大(…)、四舍五入(…)、case … end",
        "allowed: numbers with units, facts, parameters, earlier steps, + - * /, min(…), max(…), 四舍五入(…), case … end",
    )
    return finding("bad_expression", at, Bilingual(zh, en), remedy)
