"""Conditions and clauses in sentences: 依法征收面积大于零，且人均剩余耕地不高于 0.3 亩.

Yes/no parameters that settle a part of a sentence are settled in it (军官不纳入, so the officer matters), and named
behind it, so that the reader meets the law as it stands on the day and still sees what it hangs on.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import prod
from typing import assert_never

from eligibility.labels.values import bare_number, readable, say_constant, say_parameter
from eligibility.model.diagnostic import Bilingual
from eligibility.model.formula import Quotient, Rate, Term
from eligibility.model.linear import terms_of
from eligibility.model.policy import (
    AgeOn,
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Constant,
    FactRef,
    FactSpec,
    FactType,
    Formula,
    Holds,
    Linear,
    Named,
    Not,
    Operand,
    Policy,
    Readings,
    Shifted,
    Unknown,
    Within,
)
from eligibility.rulebook.prose_fold import folded
from eligibility.rulebook.prose_words import SIGNS, ZERO

_ROUNDINGS = {
    "half_up": Bilingual("四舍五入", "halves rounded up"),
    "down": Bilingual("舍去小数", "rounded down"),
    "up": Bilingual("小数进一", "rounded up"),
}


class Naming(Enum):
    """Whether a parameter appears as its value on the day, or under its own name."""

    VALUES = "values"
    TITLES = "titles"


def say_condition(condition: Condition, policy: Policy) -> Bilingual:
    """The condition as a sentence, with the values in force on the policy's day."""
    return say_formula(condition.expression, policy)


def say_formula(formula: Formula, policy: Policy, naming: Naming = Naming.VALUES) -> Bilingual:
    """A formula over facts, or over conditions, as a sentence without a full stop."""
    writer = _Writer(policy, naming)
    if naming is Naming.TITLES:
        return writer.say(formula)
    simple, settled = folded(formula)
    sentence = writer.say(simple)
    return Bilingual(sentence.zh + writer.settled_zh(settled), sentence.en + writer.settled_en(settled))


@dataclass(frozen=True, slots=True)
class _Writer:
    policy: Policy
    naming: Naming

    def say(self, formula: Formula) -> Bilingual:
        """The formula in words."""
        match formula:
            case Not(of=inner):
                return self._not(inner)
            case AllOf(of=parts):
                return self._joined(parts, Bilingual("，且", " and "), Bilingual("恒成立", "always"))
            case AnyOf(of=parts):
                return self._joined(parts, Bilingual("，或", " or "), Bilingual("恒不成立", "never"))
            case Readings(of=inner):
                return self.say(inner)
            case _:
                return self._leaf(formula)

    def _leaf(self, leaf: Compare | Within | Holds | Unknown | Named) -> Bilingual:
        match leaf:
            case Named(id=name):
                return Bilingual(f"「{self.policy.conditions[name].title}」", f"“{readable(name)}”")
            case Compare(op=op, left=left, right=right):
                return self._compare(op, left, right)
            case Within(fact=fact, values=values):
                return self._within(fact, values)
            case Holds(of=of):
                return self._holds(of) if isinstance(of, FactRef) else self._constant_holds(of)
            case Unknown(fact=fact):
                return Bilingual(f"“{self._fact(fact).title}”无从得知", f"nothing is known of {readable(fact.id)}")
            case _:
                assert_never(leaf)

    def settled_zh(self, settled: tuple[Constant, ...]) -> str:
        """The yes/no parameters that were settled, behind the sentence."""
        result = "；".join(f"{self._title(c)}：{self._value(c).zh}" for c in settled)
        return f"（{result}）" if result else ""

    def settled_en(self, settled: tuple[Constant, ...]) -> str:
        """The same in English."""
        result = "; ".join(f"{readable(c.parameter)}: {self._value(c).en}" for c in settled)
        return f" ({result})" if result else ""

    def _compare(self, op: str, left: Operand, right: Operand) -> Bilingual:
        spec = self._spec(left, right)
        zh, en = SIGNS[spec.type in (FactType.DATE, FactType.CHOICE), op]
        if op in ZERO and right == Constant(0):
            return Bilingual(f"{self._side(left, spec).zh}{ZERO[op].zh}", f"{self._side(left, spec).en} {ZERO[op].en}")
        first, second = self._side(left, spec), self._side(right, spec)
        unsure = op == "<?"
        return Bilingual(
            f"{first.zh}{zh}{second.zh}" + ("（恰为此数时是否算，尚未设定）" if unsure else ""),
            f"{first.en} {en} {second.en}" + (" (whether the line itself counts is not set)" if unsure else ""),
        )

    def _spec(self, *sides: Operand | Quotient) -> FactSpec:
        """The first fact that is compared, by which numbers are said; an age as one in years."""
        for side in sides:
            match side:
                case FactRef():
                    return self._fact(side)
                case Quotient():
                    return FactSpec("count", "人数", FactType.COUNT, "人")
                case AgeOn():
                    return FactSpec("age", "年龄", FactType.YEARS, "岁")
                case Shifted(day=FactRef() as day):
                    return self._fact(day)
                case Linear(terms=terms):
                    of = [term.of for term in terms if not isinstance(term.of, Constant)]
                    if of:
                        return self._spec(*of)
        raise TypeError(f"a comparison has a fact on one side, not {sides!r}")

    def _within(self, fact: FactRef, values: Constant) -> Bilingual:
        listed = self._side(values, self._fact(fact))
        return Bilingual(f"{self._fact(fact).title}为{listed.zh}", f"{readable(fact.id)} is one of: {listed.en}")

    def _holds(self, fact: FactRef) -> Bilingual:
        return Bilingual(f"“{self._fact(fact).title}”属实", f"“{readable(fact.id)}” holds")

    def _constant_holds(self, constant: Constant) -> Bilingual:
        if not constant.parameter:
            return Bilingual("恒成立" if constant.value else "恒不成立", "always" if constant.value else "never")
        value = self._value(constant) if self.naming is Naming.VALUES else Bilingual("是", "yes")
        return Bilingual(f"参数“{self._title(constant)}”为{value.zh}", f"parameter {constant.parameter} is {value.en}")

    def _not(self, inner: Formula) -> Bilingual:
        match inner:
            case Holds(of=FactRef() as fact):
                return Bilingual(f"“{self._fact(fact).title}”不属实", f"“{readable(fact.id)}” does not hold")
            case Named():
                sentence = self.say(inner)
                return Bilingual(f"{sentence.zh}不成立", f"not {sentence.en}")
        sentence = self.say(inner)
        return Bilingual(f"并非（{sentence.zh}）", f"not ({sentence.en})")

    def _joined(self, parts: tuple[Formula, ...], word: Bilingual, empty: Bilingual) -> Bilingual:
        if not parts:
            return empty
        kind = AllOf if word.en == " and " else AnyOf
        flat = [item for part in parts for item in (part.of if isinstance(part, kind) and part.of else (part,))]
        results = [self._bracketed(part) for part in flat]
        return Bilingual(word.zh.join(item.zh for item in results), word.en.join(item.en for item in results))

    def _bracketed(self, part: Formula) -> Bilingual:
        sentence = self.say(part)
        inside = isinstance(part, AllOf | AnyOf) and len(part.of) > 1
        return Bilingual(f"（{sentence.zh}）", f"({sentence.en})") if inside else sentence

    def _side(self, side: Operand | Quotient, spec: FactSpec) -> Bilingual:  # noqa: PLR0911 - one return a case
        match side:
            case FactRef():
                return Bilingual(self._fact(side).title, readable(side.id))
            case Constant(parameter=""):
                return _spaced(say_constant(side.value, spec))
            case Constant():
                if self.naming is Naming.TITLES:
                    return Bilingual(f"“{self._title(side)}”", side.parameter)
                if side.value is None:
                    return Bilingual(f"“{self._title(side)}”（未设定）", f"{side.parameter} (not set)")
                return _spaced(self._value(side))
            case AgeOn(born=born, day=day):
                on = self._side(day, FactSpec("day", "日", FactType.DATE))
                zh = f"按{self._fact(born).title}到{on.zh.strip()}的年龄"
                return Bilingual(zh, f"the age on {on.en} by {readable(born.id)}")
            case Quotient(of=of, by=by, rounding=rounding, times=times):
                below = self._side(by, self._fact(of))
                word = _ROUNDINGS[rounding]
                above = self._fact(of).title + ("" if times is None else f"×{self._fact(times).title}")
                above_en = readable(of.id) + ("" if times is None else f" × {readable(times.id)}")
                return Bilingual(f"{above}÷{below.zh.strip()}（{word.zh}）", f"{above_en} / {below.en} ({word.en})")
            case Shifted():
                return self._shifted(side, spec)
            case Linear():
                parts = [self._term(term, spec) for term in terms_of(side)]
                return Bilingual(_summed([part.zh for part in parts]), _summed([part.en for part in parts]))
        assert_never(side)

    def _shifted(self, side: Shifted, spec: FactSpec) -> Bilingual:
        day = self._side(side.day, spec)
        length = f"{abs(side.amount or 0)} {side.unit}"
        if side.parameter and (side.amount is None or self.naming is Naming.TITLES):
            length = f"“{self.policy.parameters[side.parameter].title}”"
        earlier = side.back or (side.amount or 0) < 0
        words = ("前", "before") if earlier else ("后", "after")
        return Bilingual(f"{day.zh.strip()}{words[0]} {length}", f"{length} {words[1]} {day.en}")

    def _term(self, term: Term, spec: FactSpec) -> Bilingual:
        of = self._side(term.of, spec)
        plain = [rate for rate in term.rates if not rate.parameter and not rate.unit and rate.value is not None]
        number = prod((rate.value for rate in plain if rate.value is not None), start=Fraction(1))
        zh, en, sign = of.zh.strip(), of.en, "-" if number < 0 else ""
        once = () if abs(number) == 1 else (Rate(abs(number)),)
        for rate in (*once, *(rate for rate in term.rates if rate not in plain)):
            text = self._rate(rate)
            zh, en = f"{zh}×{text.zh}", f"{en} × {text.en}"
        return Bilingual(sign + zh, sign + en)

    def _rate(self, rate: Rate) -> Bilingual:
        if rate.parameter and (rate.value is None or self.naming is Naming.TITLES):
            title = self.policy.parameters[rate.parameter].title
            unset = rate.value is None and self.naming is not Naming.TITLES
            return Bilingual(
                f"“{title}”{'（未设定）' if unset else ''}", rate.parameter + (" (not set)" if unset else "")
            )
        text = bare_number(None if rate.value is None else rate.value / rate.scale)
        return Bilingual(f"{text} {rate.unit}".strip(), f"{text} {rate.unit}".strip())

    def _value(self, constant: Constant) -> Bilingual:
        return say_parameter(self.policy.parameters[constant.parameter], constant.value)

    def _title(self, constant: Constant) -> str:
        return self.policy.parameters[constant.parameter].title

    def _fact(self, side: FactRef | Constant) -> FactSpec:
        if not isinstance(side, FactRef):
            raise TypeError(f"a comparison has a fact on one side, not {side!r}")
        return self.policy.facts[side.id]


def _spaced(problem: Bilingual) -> Bilingual:
    """A space between Chinese and a digit, as in print."""
    return Bilingual(f" {problem.zh}" if problem.zh[:1].isdigit() else problem.zh, problem.en)


def _summed(parts: list[str]) -> str:
    """Terms joined by their signs.

    >>> _summed(["a", "-b"])
    'a − b'
    """
    text = ""
    for part in parts:
        text += (" − " if part.startswith("-") else " + " if text else "") + part.removeprefix("-")
    return text.strip()
