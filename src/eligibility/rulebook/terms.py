"""Compiles the leaves of a condition: resolves names to facts and parameters, checks types and units, scales constants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlglot import exp

from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import (
    Compare,
    Constant,
    FactRef,
    FactSpec,
    FactType,
    Formula,
    Holds,
    Parameter,
    Unknown,
    Value,
    Within,
)
from eligibility.model.units import UNITS, ValueFormatError, day_after, one_day, scaled
from eligibility.rulebook.draft import Draft
from eligibility.rulebook.expression import ExpressionError, not_allowed
from eligibility.rulebook.kinds import COMPARED_BY, KINDS, typed_name
from eligibility.rulebook.problems import Spot, finding, unknown_name

_OPERATORS: dict[type[exp.Expr], str] = {
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.EQ: "=",
    exp.NEQ: "!=",
}


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as written, with its unit."""

    text: str
    unit: str


@dataclass(frozen=True, slots=True)
class _Moved:
    """A day some years, months or days after (before) a day of the law: `start_date + 15 年`."""

    day: Parameter | str
    amount: int
    unit: str


_Term = FactSpec | Parameter | _Number | _Moved | str
"""A resolved name, a number, a shifted date, or a quoted text."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Compiles the leaves of one expression at `at`, and records the ids of the facts and parameters that it names."""

    draft: Draft
    at: Spot
    facts: list[str] = field(default_factory=list)
    parameters: list[str] = field(default_factory=list)

    def leaf(self, node: exp.Expr) -> Formula:
        """The meaning of one leaf. Raises `ExpressionError`."""
        if type(node) in _OPERATORS:
            return self._compare(node)
        if isinstance(node, exp.In):
            return self._within(node)
        if isinstance(node, exp.Anonymous) and str(node.this).lower() == "unknown" and len(node.expressions) == 1:
            return Unknown(FactRef(self._fact(node.expressions[0]).id))
        if isinstance(node, exp.Column):
            return self._holds(node)
        raise not_allowed(node, self.at)

    def _compare(self, node: exp.Expr) -> Formula:
        sides = [self._term(node.this), self._term(node.expression)]
        fact = next((term for term in sides if isinstance(term, FactSpec)), None)
        if fact is None:
            raise self._mismatch(Bilingual("比较的一边应为事实", "one side of a comparison must be a fact"))
        operator = _OPERATORS[type(node)]
        if fact.type is FactType.TRUTH or (fact.type is FactType.CHOICE and operator not in ("=", "!=")):
            problem = Bilingual(f"“{fact.title}”不能用 {operator} 比较", f"{fact.id} cannot be compared by {operator}")
            raise self._mismatch(problem, fact, COMPARED_BY[fact.type])
        left, right = (self._operand(term, fact) for term in sides)
        return Compare(operator, left, right)

    def _operand(self, term: _Term, fact: FactSpec) -> FactRef | Constant:
        match term:
            case FactSpec() | Parameter() if str(term.type) != str(fact.type):
                raise self._not_comparable(fact, typed_name(term))
            case FactSpec():
                return FactRef(term.id)
            case Parameter():
                return self._constant(term)
            case _Number() if fact.type in UNITS:
                return Constant(self._measured(term, fact))
            case str() if fact.type is FactType.DATE:
                return Constant(self._day(term))
            case _Moved() if fact.type is FactType.DATE:
                return self._moved(term)
            case str() if fact.type is FactType.CHOICE:
                self._check_choices(fact, [term])
                return Constant(term)
        raise self._not_comparable(fact, _wording(term))

    def _within(self, node: exp.In) -> Formula:
        fact = self._fact(node.this)
        if fact.type is not FactType.CHOICE:
            raise self._mismatch(
                Bilingual(f"“{fact.title}”不是可选项，不能用 in", f"{fact.id} is no choice: “in” cannot be used")
            )
        if node.args.get("field") is None:
            if not node.expressions or not all(isinstance(item, exp.Literal) for item in node.expressions):
                raise not_allowed(node, self.at)
            words = tuple(str(item.this) for item in node.expressions)
            self._check_choices(fact, words)
            return Within(FactRef(fact.id), Constant(words))
        listed = self._term(node.args["field"])
        if not isinstance(listed, Parameter) or listed.type != "words":
            raise self._mismatch(Bilingual("in 之后应为词表参数", "“in” must be followed by a parameter of type words"))
        for dated in listed.timeline:
            self._check_choices(fact, dated.value if isinstance(dated.value, tuple) else ())
        return Within(FactRef(fact.id), self._constant(listed))

    def _holds(self, node: exp.Column) -> Formula:
        term = self._term(node)
        if isinstance(term, FactSpec) and term.type is FactType.TRUTH:
            return Holds(FactRef(term.id))
        if isinstance(term, Parameter) and term.type == "truth":
            return Holds(self._constant(term))
        raise self._mismatch(Bilingual(f"“{node.name}”不是“是/否”", f"{node.name} is not a truth"))

    def _term(self, node: exp.Expr) -> _Term:
        match node:
            case exp.Column() if not node.table:
                return self._named(node.name)
            case exp.Literal() if node.is_string:
                return str(node.this)
            case exp.Literal():
                return _Number(str(node.this), "")
            case exp.Anonymous(this="quantity", expressions=[exp.Literal() as number, exp.Literal() as unit]):
                return _Number(str(number.this), str(unit.this))
            case exp.Add() | exp.Sub():
                return self._sum(node)
        raise not_allowed(node, self.at)

    def _sum(self, node: exp.Add | exp.Sub) -> _Moved:
        """Compile a legal date plus or minus a period; nothing else can be added."""
        day, length = self._term(node.this), self._term(node.expression)
        law = isinstance(day, str) or (isinstance(day, Parameter) and day.type == "date")
        if not law or not isinstance(day, str | Parameter) or not isinstance(length, _Number) or "." in length.text:
            raise not_allowed(node, self.at)
        sign = -1 if isinstance(node, exp.Sub) else 1
        return _Moved(day, sign * int(length.text), length.unit)

    def _moved(self, term: _Moved) -> Constant:
        day = self._day(term.day) if isinstance(term.day, str) else self._constant(term.day)
        known, parameter = (day.value, day.parameter) if isinstance(day, Constant) else (day, "")
        moved = f"{term.amount:+d}{term.unit}" if parameter else ""
        if not isinstance(known, date):
            return Constant(None, parameter, moved)
        try:
            return Constant(day_after(known, term.amount, term.unit), parameter, moved)
        except ValueFormatError as wrong:
            remedy = Bilingual("写成 start_date + 15 年", "write start_date + 15 年")
            raise ExpressionError(finding("unit_mismatch", self.at, wrong.problem, remedy)) from wrong

    def _fact(self, node: exp.Expr) -> FactSpec:
        term = self._term(node)
        if isinstance(term, FactSpec):
            return term
        raise self._mismatch(Bilingual(f"“{node.sql()}”应为事实", f"“{node.sql()}” must be a fact"))

    def _named(self, name: str) -> FactSpec | Parameter:
        draft = self.draft
        for spec in draft.fact_specs.values():
            if name in (spec.id, spec.title):
                self.facts.append(spec.id)
                return spec
        for parameter in draft.timelines.values():
            if name in (parameter.id, parameter.title):
                self.parameters.append(parameter.id)
                return parameter
        if name in draft.facts.ids or name in draft.parameters.ids:
            raise ExpressionError(None)
        raise ExpressionError(unknown_name(Bilingual("事实或参数", "fact or parameter"), name, _names(draft), self.at))

    def _constant(self, parameter: Parameter) -> Constant:
        dated = parameter.on(self.draft.as_of)
        return Constant(None if dated is None else dated.value, parameter.id)

    def _measured(self, number: _Number, fact: FactSpec) -> Value:
        try:
            return scaled(number.text, number.unit, fact.type)
        except ValueFormatError as wrong:
            units = "、".join(UNITS[fact.type])
            remedy = Bilingual(f"“{fact.title}”的数后写单位：{units}", f"write a unit behind the number: {units}")
            raise ExpressionError(
                finding("unit_mismatch", self.at.inside(number.text), wrong.problem, remedy)
            ) from wrong

    def _day(self, text: str) -> Value:
        try:
            return one_day(text)
        except ValueFormatError as wrong:
            remedy = Bilingual("日期写成 '2009-01-01'", "write a day as '2009-01-01'")
            raise ExpressionError(finding("bad_value", self.at.inside(text), wrong.problem, remedy)) from wrong

    def _check_choices(self, fact: FactSpec, words: Iterable[str]) -> None:
        for word in words:
            if word not in fact.choices:
                kind = Bilingual(f"“{fact.title}”取值", f"value of {fact.id}")
                raise ExpressionError(unknown_name(kind, word, fact.choices, self.at))

    def _not_comparable(self, fact: FactSpec, other: Bilingual) -> ExpressionError:
        zh = f"不能把“{fact.title}”（{KINDS[fact.type].zh}）与{other.zh}比较"
        return self._mismatch(
            Bilingual(zh, f"{fact.id} ({KINDS[fact.type].en}) cannot be compared with {other.en}"), fact
        )

    def _mismatch(
        self, problem: Bilingual, fact: FactSpec | None = None, remedy: Bilingual | None = None
    ) -> ExpressionError:
        remedy = remedy or self._like_with_like(fact)
        return ExpressionError(
            finding("type_mismatch", self.at if fact is None else self._named_in_text(fact), problem, remedy)
        )

    def _like_with_like(self, fact: FactSpec | None) -> Bilingual:
        if fact is not None:
            form = KINDS[fact.type]
            return Bilingual(
                f"“{fact.title}”是{form.zh}，只能与同类比较", f"{fact.id} is {form.en}; compare it with its like"
            )
        return Bilingual(
            "比较的两边须同类：面积对面积、日期对日期", "compare like with like: an area with an area, a day with a day"
        )

    def _named_in_text(self, fact: FactSpec) -> Spot:
        by_id = self.at.inside(fact.id)
        return self.at.inside(fact.title) if by_id == self.at else by_id


def _wording(term: _Number | _Moved | str) -> Bilingual:
    match term:
        case str():
            return Bilingual(f"“{term}”", f"“{term}”")
        case _Number():
            return Bilingual(f"“{term.text}{term.unit}”", f"“{term.text}{term.unit}”")
        case _Moved():
            day = term.day if isinstance(term.day, str) else term.day.title
            return Bilingual(f"“{day} {term.amount:+d}{term.unit}”", f"“{day} {term.amount:+d}{term.unit}”")


def _names(draft: Draft) -> set[str]:
    """Return ids and titles of facts and parameters, including ids of invalid ones."""
    named: list[FactSpec | Parameter] = [*draft.fact_specs.values(), *draft.timelines.values()]
    return {*draft.facts.ids, *draft.parameters.ids, *(name for item in named for name in (item.id, item.title))}
