"""Formats legal values as people write them: `0.3 亩`, `16 岁`, `2009年1月1日`; and as a parameter file writes them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from eligibility.labels.states import KNOWN
from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import FactSpec, FactType, Parameter, Status, Tabled, Value
from eligibility.model.units import UNITS, unit_shown

UNSET = KNOWN[Status.UNSET]

_ENGLISH_UNITS = {
    "亩": "mu",
    "公顷": "ha",
    "岁": "years",
    "年": "years",
    "人": "persons",
    "元": "yuan",
    "户": "households",
    "次": "times",
    "日": "days",
    "月": "months",
    "%": "%",
    "天": "days",
    "个月": "months",
}
_WORDS = {
    "lt": Bilingual("低于才算，恰为标准的不算", "only below; the line itself does not count"),
    "le": Bilingual("恰为标准的也算", "the line itself counts"),
    "documented_only": Bilingual("以书面材料所能限定的区间为准", "what is documented, as a range"),
    "group_ratio": Bilingual("按本组征收比例", "by the group's share taken"),
    "per_capita": Bilingual("按人口平均", "by heads"),
    "none": Bilingual("无", "none"),
    "insured": Bilingual("参保", "insured"),
    "drawing": Bilingual("领取", "drawing"),
    "state_council": Bilingual("国务院", "State Council"),
    "province": Bilingual("省政府", "province"),
    "city": Bilingual("市政府", "city"),
    "county": Bilingual("县政府", "county"),
}


def say_value(value: Value | None, kind: str, unit: str = "") -> Bilingual:  # noqa: PLR0911 - one return a case
    """A legal value of type `kind` in words; an unset one says so.

    >>> say_value(30_000_000, "area_per_head").zh
    '0.3 亩'
    >>> say_value(None, "date").zh
    '未设定'
    """
    if value is None:
        return UNSET
    if isinstance(value, bool):
        return Bilingual("是" if value else "否", "yes" if value else "no")
    if isinstance(value, date):
        return Bilingual(f"{value.year}年{value.month}月{value.day}日", value.isoformat())
    if isinstance(value, tuple):
        words = [_word(word) for word in value]
        return Bilingual("、".join(word.zh for word in words), ", ".join(word.en for word in words))
    if isinstance(value, str):
        return _word(value)
    if isinstance(value, Tabled):
        cells = [(words, say_value(cell, kind, unit)) for words, cell in value.cells]
        zh = "；".join(f"{'、'.join(words)} {cell.zh}" for words, cell in cells)
        return Bilingual(zh, "; ".join(f"{', '.join(words)} {cell.en}" for words, cell in cells))
    if kind in ("percent", "number"):
        text = bare_number(value) + ("%" if kind == "percent" else "")
        return Bilingual(text, text)
    if isinstance(value, Fraction):
        return Bilingual(bare_number(value), bare_number(value))
    number, of = _scaled(value, kind, unit)
    return Bilingual(f"{number} {of}".strip(), f"{number} {_ENGLISH_UNITS.get(of, of)}".strip())


def say_parameter(parameter: Parameter, value: Value | None) -> Bilingual:
    """Return a value of the parameter in words."""
    return say_value(value, parameter.type, parameter.unit)


def say_constant(value: Value | None, spec: FactSpec) -> Bilingual:
    """Return a value that is compared with the fact `spec`, in words."""
    return say_value(value, spec.type, spec.unit)


def written(parameter: Parameter, value: Value) -> str:  # noqa: PLR0911 - one return a case
    """Return the value as in a parameter file, so that trying this text gives exactly this value.

    >>> written(Parameter("line", "标准", "area_per_head", "亩", ()), 30_000_000)
    '0.3亩'
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, str):
        return value
    if isinstance(value, Tabled):
        cells = ((words, cell) for words, cell in value.cells if cell is not None)
        return "；".join(f"{'、'.join(words)}={written(parameter, cell)}" for words, cell in cells)
    if isinstance(value, Fraction) or parameter.type in ("percent", "number"):
        return bare_number(value)
    return "".join(_scaled(value, parameter.type, parameter.unit))


def bare_number(value: int | Fraction | None) -> str:
    """A number without unit, exactly: as a decimal where it has an end, else as a fraction.

    >>> bare_number(Fraction(3, 2)), bare_number(Fraction(1, 3)), bare_number(80), bare_number(None)
    ('1.5', '1/3', '80', '未设定')
    """
    if value is None:
        return UNSET.zh
    number, places, rest = Fraction(value), 0, Fraction(value).denominator
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest, count = rest // prime, count + 1
        places = max(places, count)
    if rest != 1:
        return str(number)
    whole = abs(number) * 10**places
    digits = str(int(whole)).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if number < 0 else text


def readable(code: str) -> str:
    """Return an id as English words.

    >>> readable("remaining_per_head")
    'remaining per head'
    """
    return code.replace("_", " ").replace("-", " ")


def mu(umu: int) -> str:
    """Micro-亩 as 亩, four decimals at most.

    >>> mu(12_340_000), mu(20_000_000)
    ('12.34', '20')
    """
    return f"{umu / 1e6:,.4f}".rstrip("0").rstrip(".")


def span(low: int, high: int) -> str:
    """A range of areas in 亩, or one.

    >>> span(0, 1_500_000), span(20_000_000, 20_000_000)
    ('0–1.5', '20')
    """
    return mu(low) if low == high else f"{mu(low)}–{mu(high)}"


def _word(code: str) -> Bilingual:
    return _WORDS.get(code, Bilingual(code, code))


def _scaled(value: int, kind: str, unit: str) -> tuple[str, str]:
    """The number in the first unit of its type, exact, and that unit."""
    units = UNITS.get(FactType(kind), {}) if kind in set(FactType) else {}
    name = unit_shown(FactType(kind), unit) if units else unit
    steps = units.get(name, 1)
    whole, part = divmod(abs(value), steps)
    digits = f"{part:0{len(str(steps)) - 1}d}".rstrip("0") if steps > 1 else ""
    return f"{'-' if value < 0 else ''}{whole}{'.' + digits if digits else ''}", name or unit
