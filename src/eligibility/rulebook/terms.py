"""Compiles the leaves of a condition: resolves names to facts and parameters, checks types and units, scales constants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product

from sqlglot import exp

from eligibility.model.diagnostic import Bilingual, Diagnostic
from eligibility.model.formula import AllOf, AnyOf, Not
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
    Within,
)
from eligibility.model.units import UNITS
from eligibility.rulebook.draft import Draft
from eligibility.rulebook.expression import ExpressionError, Leaf, compile_text, not_allowed
from eligibility.rulebook.kinds import COMPARED_BY, KINDS
from eligibility.rulebook.operands import Operands
from eligibility.rulebook.parts import Age, Calculation, Case, Measure, Number, Part, Ratio, choices_in, measure_of
from eligibility.rulebook.problems import Spot, finding, nearest, unknown_name
from eligibility.rulebook.products import cleared, common_measure, divisors_of, quotient_of

BIRTH = "birth_date"
"""The fact from which ages are counted."""

DECISION_DAY = ("审核日", "decision_day")
"""Names of the day of decision, where no fact or parameter bears them."""

MOST_CELLS = 64
"""Combinations of choices by which one comparison may differ."""

_OPERATORS: dict[type[exp.Expr], str] = {
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.EQ: "=",
    exp.NEQ: "!=",
}
_SIGNS: dict[type[exp.Expr], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/"}
_ROUNDINGS = {
    "四舍五入": "half_up",
    "取整": "down",
    "进一": "up",
    "round_half_up": "half_up",
    "round_down": "down",
    "round_up": "up",
}
_AGES = ("年龄", "age", "周岁")


@dataclass(frozen=True, slots=True)
class Terms:
    """Compiles the leaves of one expression at `at`, and records the ids of the facts and parameters that it names."""

    draft: Draft
    at: Spot
    facts: list[str] = field(default_factory=list)
    parameters: list[str] = field(default_factory=list)
    divisors: list[str] = field(default_factory=list)
    within: tuple[str, ...] = ()
    """Computed facts whose expression this is part of."""

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

    def part(self, node: exp.Expr) -> Part:  # noqa: PLR0911 - one return a case
        """What a side of a comparison, or an amount, names. Raises `ExpressionError`."""
        match node:
            case exp.Paren():
                return self.part(node.this)
            case exp.Neg(this=exp.Literal() as number):
                return Number(f"-{number.this}", "")
            case exp.Column() if not node.table:
                return self._named(node.name)
            case exp.Literal() if node.is_string:
                return str(node.this)
            case exp.Literal():
                return Number(str(node.this), "")
            case exp.Anonymous(this="quantity", expressions=[exp.Literal() as number, exp.Literal() as unit]):
                return Number(str(number.this), str(unit.this))
            case exp.Anonymous(expressions=[day]) if str(node.this).lower() in _AGES:
                return self._age(day)
            case exp.Anonymous(expressions=[exp.Div() as ratio]) if str(node.this) in _ROUNDINGS:
                return self._ratio(ratio, _ROUNDINGS[str(node.this)])
            case exp.Case(this=exp.Column() as chosen) if node.args.get("default") is None:
                return self._case(chosen, node)
        if type(node) in _SIGNS:
            return Calculation(_SIGNS[type(node)], self.part(node.this), self.part(node.expression))
        raise not_allowed(node, self.at)

    def _compare(self, node: exp.Expr) -> Formula:
        if any(type(side) in _OPERATORS for side in (node.this, node.expression)):
            problem = Bilingual("表达式中不允许连着比较", "comparisons in a chain are not allowed")
            remedy = Bilingual("拆成两句：16 岁 <= 甲 and 甲 < 60 岁", "write two: a <= x and x < b")
            raise ExpressionError(finding("bad_expression", self.at, problem, remedy))
        sides = self._sides(node.this, node.expression)
        self.divisors.extend(divisors_of(sides))
        sides = cleared(sides)
        measure = common_measure(sides)
        if measure is None:
            raise self._mismatch(Bilingual("比较的一边应为事实", "one side of a comparison must be a fact"))
        operator = _OPERATORS[type(node)]
        if measure.type is FactType.TRUTH or (measure.type is FactType.CHOICE and operator not in ("=", "!=")):
            problem = Bilingual(
                f"“{measure.title}”不能用 {operator} 比较", f"{measure.id} cannot be compared by {operator}"
            )
            raise self._mismatch(problem, measure, COMPARED_BY[measure.type])
        if measure.type is FactType.CHOICE:
            self._check_choices(measure.title, measure.id, measure.choices, [s for s in sides if isinstance(s, str)])
        return self._in_cells(operator, sides, measure)

    def _sides(self, *nodes: exp.Expr) -> list[Part]:
        """The sides of a comparison; a bare word beside a choice or a truth gets the advice that it needs."""
        parts: list[Part | None] = []
        bad: list[tuple[exp.Expr, ExpressionError]] = []
        for node in nodes:
            try:
                parts.append(self.part(node))
            except ExpressionError as wrong:
                parts.append(None)
                bad.append((node, wrong))
        if not bad:
            return [part for part in parts if part is not None]
        node, cause = bad[0]
        other = next((part for part in parts if isinstance(part, FactSpec)), None)
        if isinstance(node, exp.Column) and other is not None and other.type is FactType.TRUTH:
            problem = Bilingual(f"“{other.title}”是是/否，不用 = 比较", f"{other.id} is a yes or no")
            raise self._mismatch(problem, measure_of(other), COMPARED_BY[FactType.TRUTH]) from cause
        if isinstance(node, exp.Column) and other is not None and other.type is FactType.CHOICE:
            near = nearest(node.name, other.choices) or node.name
            problem = Bilingual(f"选项“{node.name}”要加引号", f"the choice {node.name} needs quotation marks")
            remedy = Bilingual(f"写成 {other.title} = '{near}'", f"write {other.id} = '{near}'")
            raise self._mismatch(problem, measure_of(other), remedy) from cause
        raise cause

    def _in_cells(self, operator: str, sides: list[Part], measure: Measure) -> Formula:
        """One comparison; where it differs by choices, one for each combination of their words, and one for no word."""
        words: dict[str, dict[str, None]] = {}
        for fact, named in (item for side in sides for item in choices_in(side)):
            words.setdefault(fact, {}).update(dict.fromkeys(named))
        cells = list(product(*words.values()))
        if len(cells) > MOST_CELLS:
            problem = Bilingual(f"分列的情形有 {len(cells)} 种", f"the comparison differs in {len(cells)} cases")
            remedy = Bilingual(f"至多 {MOST_CELLS} 种，请拆成几个条件", f"{MOST_CELLS} at most: split the condition")
            raise ExpressionError(finding("too_large", self.at, problem, remedy))
        for fact in words:
            self.facts.append(fact)
        if not words:
            return self._one(operator, sides, measure, {})
        facts = list(words)
        read = [
            AllOf(
                (
                    *(_is(f, w) for f, w in zip(facts, cell, strict=True)),
                    self._one(operator, sides, measure, dict(zip(facts, cell, strict=True))),
                )
            )
            for cell in cells
        ]
        if all(set(self.draft.fact_specs[fact].choices) <= words[fact].keys() for fact in facts):
            return AnyOf(tuple(read))
        known = AllOf(tuple(Within(FactRef(fact), Constant(tuple(words[fact]))) for fact in facts))
        return AnyOf((*read, AllOf((Not(known), self._one(operator, sides, measure, {})))))

    def _one(self, operator: str, sides: list[Part], measure: Measure, reading: dict[str, str]) -> Formula:
        operands = Operands(self.at, self.draft.as_of, measure, reading)
        left, right = (operands.of(side) for side in sides)
        return Compare(operator, left, right)

    def _age(self, day: exp.Expr) -> Age:
        born = self.draft.fact_specs.get(BIRTH)
        if born is None or born.type is not FactType.DATE:
            problem = Bilingual("没有出生日期这个事实，无从计算年龄", "there is no fact birth_date to count ages from")
            remedy = Bilingual(
                "在 facts.yaml 中写上 birth_date（type: date）", "add birth_date (type: date) to facts.yaml"
            )
            raise ExpressionError(finding("unknown_name", self.at, problem, remedy))
        self.facts.append(BIRTH)
        return Age(born, self.part(day))

    def _ratio(self, node: exp.Div, rounding: str) -> Ratio:
        above, below = quotient_of(Calculation("/", self.part(node.this), self.part(node.expression)))
        areas = {str(FactType.AREA), str(FactType.AREA_PER_HEAD)}
        count = next((part for part in above if isinstance(part, FactSpec) and part.type is FactType.COUNT), None)
        times = count if len(above) == 2 else None
        of = next((part for part in above if part is not times), None)
        by = below[0] if len(below) == 1 else None
        if isinstance(of, FactSpec) and isinstance(by, FactSpec | Parameter) and of.type in UNITS and len(above) <= 2:
            kinds = {str(of.type), str(by.type)}
            if (len(kinds) == 1 or (kinds <= areas and times is None)) and (times is not None or len(above) == 1):
                return Ratio(of, by, rounding, times)
        problem = Bilingual(
            "取整的只能是一个量除以同类的量，或面积除以人均面积（人均面积也可写成 面积 / 人数）",
            "only like quantities, or an area and an area per head, are divided and rounded",
        )
        remedy = Bilingual(
            "写成 四舍五入(征收耕地 / 征前人均耕地)、四舍五入(征收耕地 / (征前耕地 / 征前人口))",
            "such as round_half_up(area / area_per_head), round_half_up(area / (area_before / heads))",
        )
        raise ExpressionError(finding("type_mismatch", self.at, problem, remedy))

    def _case(self, chosen: exp.Expr, node: exp.Case) -> Case:
        fact = self._fact(chosen)
        whens = node.args.get("ifs") or []
        words = [str(when.this.this) for when in whens if isinstance(when.this, exp.Literal) and when.this.is_string]
        if fact.type is not FactType.CHOICE or len(words) != len(whens):
            raise self._mismatch(
                Bilingual(
                    "case 之后应为选项，when 之后应为加引号的词", "case needs a choice, and quoted words behind when"
                ),
                remedy=Bilingual(
                    "写成 case 性别 when '男' then 60 岁 when '女' then 55 岁 end", "case x when 'a' then 1 岁 … end"
                ),
            )
        self._check_choices(fact.title, fact.id, fact.choices, words)
        return Case(fact, {word: self.part(when.args["true"]) for word, when in zip(words, whens, strict=True)})

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
            self._check_choices(fact.title, fact.id, fact.choices, words)
            return Within(FactRef(fact.id), Constant(words))
        listed = self.part(node.args["field"])
        if not isinstance(listed, Parameter) or listed.type != "words":
            raise self._mismatch(Bilingual("in 之后应为词表参数", "“in” must be followed by a parameter of type words"))
        for dated in listed.timeline:
            given = dated.value if isinstance(dated.value, tuple) else ()
            self._check_choices(fact.title, fact.id, fact.choices, given)
        dated_now = listed.on(self.draft.as_of)
        return Within(FactRef(fact.id), Constant(None if dated_now is None else dated_now.value, listed.id))

    def _holds(self, node: exp.Column) -> Formula:
        term = self.part(node)
        if isinstance(term, FactSpec) and term.computed:
            self.facts.remove(term.id)
            return self._truth(term)
        if isinstance(term, FactSpec) and term.type is FactType.TRUTH:
            return Holds(FactRef(term.id))
        if isinstance(term, Parameter) and term.type == "truth":
            dated = term.on(self.draft.as_of)
            return Holds(Constant(None if dated is None else dated.value, term.id))
        raise self._mismatch(Bilingual(f"“{node.name}”不是“是/否”", f"{node.name} is not a truth"))

    def _fact(self, node: exp.Expr) -> FactSpec:
        term = self.part(node)
        if isinstance(term, FactSpec):
            return term
        raise self._mismatch(Bilingual(f"“{node.sql()}”应为事实", f"“{node.sql()}” must be a fact"))

    def _named(self, name: str) -> Part:
        draft = self.draft
        for spec in draft.fact_specs.values():
            if name in (spec.id, spec.title):
                if spec.computed and spec.type is not FactType.TRUTH:
                    return self._computed(spec)
                self.facts.append(spec.id)
                return spec
        for parameter in draft.timelines.values():
            if name in (parameter.id, parameter.title):
                self.parameters.append(parameter.id)
                return parameter
        if name in draft.facts.ids or name in draft.parameters.ids:
            raise ExpressionError(None)
        if name in DECISION_DAY:
            return draft.as_of.isoformat()
        for entry in draft.conditions.entries.values():
            if name in (entry.id, entry.body.title):
                problem = Bilingual(f"“{name}”是条件，表达式里只能写事实和参数", f"{name} is a condition, no fact")
                remedy = Bilingual(
                    "条件在条款的 when 里组合；或把它的表达式写在这里",
                    "join conditions in a clause's “when”, or write its expression here",
                )
                raise ExpressionError(finding("unknown_name", self.at.inside(name), problem, remedy))
        raise ExpressionError(unknown_name(Bilingual("事实或参数", "fact or parameter"), name, _names(draft), self.at))

    def _computed(self, spec: FactSpec) -> Part:
        """The part that a computed quantity or day stands for."""
        parts: list[Part] = []

        def leaf(node: exp.Expr) -> Formula:
            parts.append(self._deeper(spec).part(node))
            return AllOf(())

        self._compile(spec, leaf)
        return parts[0]

    def _truth(self, spec: FactSpec) -> Formula:
        """The formula that a computed truth stands for."""
        return self._compile(spec, self._deeper(spec).leaf)

    def _compile(self, spec: FactSpec, leaf: Leaf) -> Formula:
        if spec.id in self.within:
            problem = Bilingual(f"“{spec.title}”由自己算出", f"{spec.id} is computed from itself")
            remedy = Bilingual("改写 computed", "write “computed” otherwise")
            raise ExpressionError(finding("bad_expression", self.at, problem, remedy))
        wrong: list[Diagnostic] = []
        formula = compile_text(spec.computed, leaf, self.draft.facts.entries[spec.id].at("source", "computed"), wrong)
        if wrong:
            raise ExpressionError(wrong[0])
        return formula

    def _deeper(self, spec: FactSpec) -> Terms:
        at = self.draft.facts.entries[spec.id].at("source", "computed")
        return Terms(self.draft, at, self.facts, self.parameters, self.divisors, (*self.within, spec.id))

    def _check_choices(self, title: str, ident: str, choices: tuple[str, ...], words: Iterable[str]) -> None:
        for word in words:
            if word not in choices:
                kind = Bilingual(f"“{title}”取值", f"value of {ident}")
                raise ExpressionError(unknown_name(kind, word, choices, self.at))

    def _mismatch(
        self, problem: Bilingual, measure: Measure | None = None, remedy: Bilingual | None = None
    ) -> ExpressionError:
        remedy = remedy or self._like_with_like(measure)
        at = self.at
        if measure is not None:
            by_id = self.at.inside(measure.id)
            at = self.at.inside(measure.title) if by_id == self.at else by_id
        return ExpressionError(finding("type_mismatch", at, problem, remedy))

    def _like_with_like(self, measure: Measure | None) -> Bilingual:
        if measure is not None:
            form = KINDS[measure.type]
            return Bilingual(
                f"“{measure.title}”是{form.zh}，只能与同类比较", f"{measure.id} is {form.en}; compare it with its like"
            )
        return Bilingual(
            "比较的两边须同类：面积对面积、日期对日期", "compare like with like: an area with an area, a day with a day"
        )


def _is(fact: str, word: str) -> Formula:
    return Compare("=", FactRef(fact), Constant(word))


def _names(draft: Draft) -> set[str]:
    """Return ids and titles of facts and parameters, including ids of invalid ones."""
    named: list[FactSpec | Parameter] = [*draft.fact_specs.values(), *draft.timelines.values()]
    return {*draft.facts.ids, *draft.parameters.ids, *(name for item in named for name in (item.id, item.title))}
