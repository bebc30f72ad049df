"""Sides of a comparison: what an expression names, its kind and unit, and the quantity, day or sum that it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import gcd

from eligibility.model.diagnostic import Bilingual
from eligibility.model.formula import OTHER, AgeOn, Linear, Operand, Quotient, Rate, Shifted, Tabled, Term, rate_of
from eligibility.model.policy import Constant, FactRef, FactSpec, FactType, Parameter
from eligibility.model.units import UNITS, ValueFormatError, day_after, number, one_day, scaled, unit_shown, units_of
from eligibility.rulebook.expression import ExpressionError
from eligibility.rulebook.kinds import KINDS, typed_name
from eligibility.rulebook.parts import BARE, Age, Calculation, Case, Measure, Number, Part, Ratio
from eligibility.rulebook.problems import Spot, finding, nearest
from eligibility.rulebook.products import PER, factors_of

_PERIODS = {"年": "年", "岁": "年", "周岁": "年", "月": "月", "个月": "月", "日": "日", "天": "日"}


@dataclass(frozen=True, slots=True)
class Operands:
    """Makes operands for one reading of the choices by which the parts of a comparison differ."""

    at: Spot
    as_of: date
    measure: Measure
    reading: Mapping[str, str] = field(default_factory=dict)

    def of(self, part: Part) -> Operand:  # noqa: PLR0911 - one return a case
        """The operand of a side. Raises `ExpressionError`."""
        part = self._read(part)
        if self.measure.type is FactType.DATE:
            return self.day(part)
        if self.measure.type in UNITS and isinstance(part, Calculation | Ratio):
            return Linear(self._terms(part))
        match part:
            case FactSpec():
                return self._fact(part)
            case Age() if self.measure.type is FactType.YEARS and self.measure.unit in ("岁", ""):
                return self.age(part)
            case Parameter():
                return self._parameter(part)
            case Number() if self.measure.type in UNITS:
                return Constant(self._measured(part))
            case str() if self.measure.type is FactType.CHOICE:
                return Constant(part)
        raise self._not_comparable(part)

    def day(self, part: Part) -> FactRef | Constant | Shifted:
        """The day that a part is. Raises `ExpressionError`."""
        part = self._read(part)
        match part:
            case FactSpec(type=FactType.DATE):
                return FactRef(part.id)
            case Parameter(type="date"):
                return self._constant(part)
            case str():
                return Constant(self._one_day(part))
            case Calculation(sign="+" | "-" as sign, left=left, right=right):
                return self._moved(self.day(left), self._read(right), -1 if sign == "-" else 1)
        raise self._not_comparable(part, KINDS[FactType.DATE])

    def age(self, part: Age) -> AgeOn:
        """The age of the person on a day. Raises `ExpressionError`."""
        return AgeOn(FactRef(part.born.id), self.day(part.day))

    def _quotient(self, part: Ratio) -> Quotient:
        above = next(iter(UNITS[part.of.type].values()))
        kind = FactType(part.by.type)
        below = next(iter(UNITS[kind].values()))
        common = gcd(above, below)
        by = FactRef(part.by.id) if isinstance(part.by, FactSpec) else self._constant(part.by)
        times = None if part.times is None else FactRef(part.times.id)
        return Quotient(FactRef(part.of.id), by, (below // common, above // common), part.rounding, times)

    def _read(self, part: Part) -> Part:
        while isinstance(part, Case):
            part = part.parts.get(self.reading.get(part.fact.id, OTHER), Number("", "未定"))
        return part

    def _fact(self, fact: FactSpec) -> FactRef:
        if fact.type is not self.measure.type:
            raise self._not_comparable(fact)
        if fact.type in UNITS and fact.unit not in units_of(fact.type, self.measure.unit):
            raise self._other_unit(fact, fact.unit)
        return FactRef(fact.id)

    def _parameter(self, parameter: Parameter) -> Constant:
        if parameter.type != self.measure.type:
            raise self._not_comparable(parameter)
        kind = self.measure.type
        if kind in UNITS and parameter.unit and parameter.unit not in units_of(kind, self.measure.unit):
            raise self._other_unit(parameter, parameter.unit)
        return self._constant(parameter)

    def _constant(self, parameter: Parameter) -> Constant:
        dated = parameter.on(self.as_of)
        value = None if dated is None else dated.value
        if not parameter.by:
            return Constant(value, parameter.id)
        cell = tuple(self.reading.get(fact, OTHER) for fact in parameter.by)
        return Constant(value.get(cell) if isinstance(value, Tabled) else None, parameter.id, cell=cell)

    def _terms(self, part: Part) -> tuple[Term, ...]:  # noqa: PLR0911 - one return a case
        part = self._read(part)
        match part:
            case Calculation(sign="+", left=left, right=right):
                return (*self._terms(left), *self._terms(right))
            case Calculation(sign="-", left=left, right=right):
                return (*self._terms(left), *_times(self._terms(right), (Rate(Fraction(-1)),)))
            case Calculation(sign="*") if (terms := self._product(part)) is not None:
                return terms
            case Calculation(sign="/", left=left, right=right):
                if (by := self._bare(right)) is not None:
                    return _times(self._terms(left), tuple(self._inverse(rate) for rate in by))
            case FactSpec():
                return (Term(self._fact(part)),)
            case Age() if self.measure.type is FactType.YEARS:
                return (Term(self.age(part)),)
            case Ratio() if self.measure.type is FactType.COUNT:
                return (Term(self._quotient(part)),)
            case Parameter() if part.type not in BARE or self.measure.type == part.type:
                return (Term(self._parameter(part)),)
            case Number() if not part.is_bare or self.measure.type is FactType.PERCENT or part.text.strip("0.") == "":
                return (Term(Constant(self._measured(part))),)
            case Number() | Parameter() | Calculation():
                pass
            case _:
                raise self._not_comparable(part)
        problem = Bilingual(
            f"“{say(part).zh.strip('“”')}”不能这样计算：只能同类的量相加减，或一个量乘以数",
            f"{say(part).en}: only like quantities are added, and a quantity is multiplied by a bare number",
        )
        remedy = Bilingual(
            "写成 60% * 承包面积、1.5 * 低保标准 * 人数、月收入 / 人数 < 标准、甲面积 + 乙面积；除此以外两个事实不能相乘、相除",
            "such as 60% * area, 1.5 * line * persons, income / persons < line, area + area; otherwise facts are never "
            "multiplied or divided",
        )
        raise ExpressionError(finding("bad_expression", self.at, problem, remedy))

    def _product(self, part: Part) -> tuple[Term, ...] | None:
        """A quantity times bare numbers, or so much a head times heads; None where quantities are multiplied otherwise."""
        rates: list[Rate] = []
        quantities: list[Part] = []
        for factor in factors_of(part):
            bare = self._bare(factor)
            rates.extend(bare or ())
            quantities.extend(() if bare is not None else (self._read(factor),))
        if len(quantities) == 1:
            return _times(self._terms(quantities[0]), tuple(rates))
        counts = [q for q in quantities if isinstance(q, FactSpec) and q.type is FactType.COUNT]
        others = [q for q in quantities if q not in counts]
        if len(counts) != 1 or len(others) != 1 or (rate := self._a_head(others[0])) is None:
            return None
        if self.measure.type is FactType.COUNT and counts[0].unit in units_of(FactType.COUNT, self.measure.unit):
            return None
        return (Term(FactRef(counts[0].id), (rate, *rates)),)

    def _a_head(self, part: Part) -> Rate | None:
        """So much a head (household, month), which its number multiplies; None where it is no number of the law."""
        of, scale = self.measure.type, next(iter(UNITS.get(self.measure.type, {"": 1}).values()))
        unit = unit_shown(of, self.measure.unit)
        kinds = {FactType(kind) for kind, total in PER.items() if total is of} | {of}
        match part:
            case Number(unit="未定"):
                return Rate(None)
            case Number(text=text):
                kind = FactType.AREA_PER_HEAD if of is FactType.AREA else of
                per = next(iter(UNITS[kind].values())) // scale
                try:
                    steps = scaled(text, part.unit, kind, self.measure.unit)
                except ValueFormatError as wrong:
                    raise ExpressionError(self._finding("unit_mismatch", wrong.problem)) from wrong
                return Rate(Fraction(steps, per), unit=unit, scale=scale)
            case Parameter(type=kind) if kind in kinds:
                if of is FactType.COUNT and part.unit not in units_of(of, self.measure.unit):
                    raise self._other_unit(part, part.unit)
                per = next(iter(UNITS[FactType(kind)].values())) // scale
                value = self._constant(part)
                return rate_of(Rate(None, part.id, per, cell=value.cell, unit=unit, scale=scale), value.value)
        return None

    def _bare(self, part: Part) -> tuple[Rate, ...] | None:
        """The bare number that a part is; None where it is a quantity."""
        part = self._read(part)
        match part:
            case Number() if part.is_bare:
                try:
                    return (Rate(number(part.text) / (100 if part.unit == "%" else 1)),)
                except ValueFormatError as wrong:
                    raise ExpressionError(self._finding("bad_value", wrong.problem)) from wrong
            case Parameter(type="percent" | "number") if self.measure.type != part.type:
                value = self._constant(part)
                per = 100 if part.type == "percent" else 1
                return (rate_of(Rate(None, part.id, per, cell=value.cell), value.value),)
            case Calculation(sign="*" | "/" as sign, left=left, right=right):
                first, second = self._bare(left), self._bare(right)
                if first is None or second is None:
                    return None
                return (*first, *(second if sign == "*" else (self._inverse(rate) for rate in second)))
        return None

    def _inverse(self, rate: Rate) -> Rate:
        if rate.value == 0:
            raise ExpressionError(self._finding("bad_value", Bilingual("不能除以零", "division by zero")))
        return Rate(None if rate.value is None else 1 / rate.value, rate.parameter, rate.per, True, rate.cell)

    def _moved(self, day: FactRef | Constant | Shifted, length: Part, sign: int) -> FactRef | Constant | Shifted:
        amount, unit, parameter, cell = self._length(length)
        signed = None if amount is None else sign * amount
        if isinstance(day, Constant) and not parameter:
            return self._moved_constant(day, signed or 0, unit)
        if isinstance(day, Shifted):
            raise ExpressionError(
                finding(
                    "bad_expression",
                    self.at,
                    Bilingual("一个日期只能加减一次", "a day is moved once only"),
                    Bilingual("合成一次，如 + 15 年", "write it in one, such as + 15 年"),
                )
            )
        return Shifted(day, signed, _PERIODS[unit], parameter, sign < 0, cell)

    def _length(self, part: Part) -> tuple[int | None, str, str, tuple[str, ...]]:
        match part:
            case Number(unit=unit) if unit in _PERIODS and "." not in part.text:
                return int(part.text), unit, "", ()
            case Number(unit="未定"):
                return None, "年", "", ()
            case Parameter(type="years" | "count") if part.unit in _PERIODS:
                value = self._constant(part)
                return value.value if isinstance(value.value, int) else None, part.unit, part.id, value.cell
        problem = Bilingual(f"日期不能加减{say(part).zh}", f"{say(part).en} cannot be added to a day")
        remedy = Bilingual(
            "日期加减年、月、日或一个期限参数：起始日 + 15 年；两个日期的间隔写成 甲日 >= 乙日 + 1 年",
            "add 年, 月, 日, or a parameter that is a period; write a span between two days as a >= b + 1 年",
        )
        return self._raise("unit_mismatch", problem, remedy)

    def _moved_constant(self, day: Constant, amount: int, unit: str) -> Constant:
        moved = f"{amount:+d}{unit}" if day.parameter else ""
        if not isinstance(day.value, date):
            return Constant(None, day.parameter, moved, day.cell)
        try:
            return Constant(day_after(day.value, amount, _PERIODS[unit]), day.parameter, moved, day.cell)
        except ValueFormatError as wrong:
            remedy = Bilingual("写成 start_date + 15 年", "write start_date + 15 年")
            raise ExpressionError(finding("unit_mismatch", self.at, wrong.problem, remedy)) from wrong

    def _measured(self, part: Number) -> int | None:
        if part.unit == "未定":
            return None
        try:
            return scaled(part.text, part.unit, self.measure.type, self.measure.unit)
        except ValueFormatError as wrong:
            units = "、".join(units_of(self.measure.type, self.measure.unit))
            remedy = Bilingual(
                f"“{self.measure.title}”的数后写单位：{units}", f"write a unit behind the number: {units}"
            )
            at = self.at.inside(part.text)
            raise ExpressionError(finding("unit_mismatch", at, wrong.problem, remedy)) from wrong

    def _one_day(self, text: str) -> date:
        try:
            return one_day(text)
        except ValueFormatError as wrong:
            remedy = Bilingual("日期写成 2009-01-01", "write a day as 2009-01-01")
            raise ExpressionError(finding("bad_value", self.at.inside(text), wrong.problem, remedy)) from wrong

    def _other_unit(self, named: FactSpec | Parameter, unit: str) -> ExpressionError:
        problem = Bilingual(
            f"“{self.measure.title}”以{self.measure.unit}计，“{named.title}”以{unit}计，不能相比或相加",
            f"{self.measure.id} is counted in {self.measure.unit}, {named.id} in {unit}",
        )
        remedy = Bilingual("只比较、加减同一单位的量", "compare and add quantities of one unit only")
        return ExpressionError(finding("unit_mismatch", self.at.inside(named.title), problem, remedy))

    def _not_comparable(self, part: Part, wanted: Bilingual | None = None) -> ExpressionError:
        kind, other = wanted or self.measure.kind, say(part)
        title, ident = self.measure.title, self.measure.id
        by_id = self.at.inside(ident)
        spot = self.at.inside(title) if by_id == self.at else by_id
        problem = Bilingual(
            f"不能把“{title}”（{kind.zh}）与{other.zh}比较", f"{ident} ({kind.en}) cannot be compared with {other.en}"
        )
        remedy = self._hint(part) or Bilingual(
            f"“{title}”是{kind.zh}，只能与同类比较", f"{ident} is {kind.en}; compare it with its like"
        )
        return ExpressionError(finding("type_mismatch", spot, problem, remedy))

    def _hint(self, part: Part) -> Bilingual | None:
        if self.measure.type is FactType.CHOICE and isinstance(part, str):
            near = nearest(part, self.measure.choices)
            return Bilingual(f"是否应为“{near}”？", f"did you mean “{near}”?") if near else None
        return None

    def _finding(self, code: str, problem: Bilingual):  # type: ignore[no-untyped-def]  # noqa: ANN202
        return finding(code, self.at, problem, Bilingual("改正该数", "correct the number"))

    def _raise(self, code: str, problem: Bilingual, remedy: Bilingual) -> tuple[int | None, str, str, tuple[str, ...]]:
        raise ExpressionError(finding(code, self.at, problem, remedy))


def _times(terms: tuple[Term, ...], by: tuple[Rate, ...]) -> tuple[Term, ...]:
    return tuple(Term(term.of, (*term.rates, *by)) for term in terms)


def say(part: Part) -> Bilingual:  # noqa: PLR0911 - one return a case
    """A part in words, to tell what cannot be compared."""
    match part:
        case FactSpec() | Parameter():
            return typed_name(part)
        case str():
            return Bilingual(f"“{part}”", f"“{part}”")
        case Number():
            return Bilingual(f"“{part.text}{part.unit}”", f"“{part.text}{part.unit}”")
        case Age():
            return Bilingual("年龄", "an age")
        case Ratio():
            return Bilingual(f"“{part.of.title} ÷ {part.by.title}”", f"{part.of.id} / {part.by.id}")
        case Case():
            return Bilingual(f"按“{part.fact.title}”分列的数", f"a number by {part.fact.id}")
        case Calculation(sign=sign, left=left, right=right):
            first, second = _bare_words(left), _bare_words(right)
            return Bilingual(f"“{first} {sign} {second}”", f"“{first} {sign} {second}”")
    raise TypeError(part)


def _bare_words(part: Part) -> str:
    return part.title if isinstance(part, FactSpec | Parameter) else say(part).zh.strip("“”")
