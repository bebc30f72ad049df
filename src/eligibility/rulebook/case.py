"""Reads a hypothetical case (fact: value in words) as a row of facts.

The same words serve the feature files: `0.2999`, `0.3亩`, `16岁`, `2009-01-01`, `2012年3月`, `是`, `否`, `不详`, and ranges
`0.2亩 至 0.4亩` of which either end may be `不详`. A fact that is not stated is unknown; there are no defaults.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from eligibility.model.diagnostic import Bilingual, InputError
from eligibility.model.policy import FactSpec, FactType, Policy
from eligibility.model.units import ValueFormatError, day_range, quantity, truth
from eligibility.rulebook.problems import finding, unknown_name
from eligibility.rulebook.yaml_file import Plain, YamlFile, read_yaml

UNKNOWN = ("不详", "未知", "unknown", "?", "？", "")
"""Words for an unknown value."""

_WORDS = {"employee_pension": {"无": "none", "参保": "insured", "领取": "drawing"}}
"""Chinese words for the values of choices, as in the tables of a dossier."""

_FEW_CHOICES = 12
_TEMPLATE = Bilingual("写法见 eligibility check --example", "see eligibility check --example for how to write it")

_EndT = TypeVar("_EndT", int, date)


def read_case(path: Path, policy: Policy) -> dict[str, object]:
    """Read a row of facts from the YAML file at `path` (fact id or Chinese title: value).

    Raises `InputError` with a finding for each invalid line, with the most similar valid name.
    """
    file, wrong = read_yaml(path)
    if not isinstance(file.content, dict):
        problem = Bilingual("案例文件应由“事实: 值”组成", "a case file must be lines of “fact: value”")
        raise InputError(*(wrong or [finding("bad_yaml", file.at(), problem, _TEMPLATE)]))
    row, seen = unknown_row(policy), set[str]()
    for name, value in file.content.items():
        try:
            spec = _stated(name, file, policy, seen)
            row.update(read_value(_as_text(value), spec, policy))
        except InputError as bad:
            wrong.extend(bad.findings)
        except ValueFormatError as bad:
            wrong.append(finding("bad_value", file.after_key(name), bad.problem, _TEMPLATE))
    if wrong:
        raise InputError(*wrong)
    return row


def example_case(policy: Policy) -> str:
    """Return a commented template for `read_case` with every fact, in the order of the glossary."""
    lines = ["# 单个案例：每行“事实: 值”。不知道的写“不详”，也可写区间，如 0.2亩 至 0.4亩。", ""]
    for spec in policy.facts.values():
        lines.append(f"# {hint_of(spec)}。认定日：{spec.day}。确认：{spec.confirmed_by}。材料：{spec.proves}")
        lines.append(f"{spec.title}: {'否' if spec.id.startswith('gap_') else '不详'}")
    return "\n".join(lines) + "\n"


def unknown_row(policy: Policy) -> dict[str, object]:
    """Return a row of facts in which everything is unknown."""
    return {column: None for spec in policy.facts.values() for column in spec.columns}


def fact_named(name: str, policy: Policy) -> FactSpec | None:
    """Return the fact with that id or Chinese title."""
    return next((spec for spec in policy.facts.values() if name in (spec.id, spec.title)), None)


def read_value(text: str, spec: FactSpec, policy: Policy) -> dict[str, object]:
    """Return the columns of one fact with the value of `text`. Raises `ValueFormatError`."""
    stripped = text.strip()
    if stripped in UNKNOWN:
        return dict.fromkeys(spec.columns)
    if spec.type is FactType.TRUTH:
        return {spec.id: truth(stripped)}
    if spec.type is FactType.CHOICE:
        return {spec.id: _choice(stripped, spec, policy)}
    if spec.type is FactType.DATE:
        ends: tuple[object, object] = _ends(stripped, day_range)
    else:
        ends = _ends(stripped, lambda end: (quantity(end, spec.type, spec.unit), quantity(end, spec.type, spec.unit)))
    if spec.divides and ends == (0, 0):
        raise ValueFormatError(f"“{spec.title}”要作除数，不能是 0", f"{spec.id} divides, and cannot be 0")
    return dict(zip(spec.columns, ends, strict=True))


def _ends(text: str, read: Callable[[str], tuple[_EndT, _EndT]]) -> tuple[_EndT | None, _EndT | None]:
    parts = [part.strip() for part in text.replace("～", "至").split("至")]
    if len(parts) > 2:
        raise ValueFormatError(f"“{text}”不是区间", f"“{text}” is not a range")
    low = None if parts[0] in UNKNOWN else read(parts[0])[0]
    high = None if parts[-1] in UNKNOWN else read(parts[-1])[1]
    if low is not None and high is not None and low > high:
        raise ValueFormatError(f"“{text}”的下限高于上限", f"“{text}” ends below its beginning")
    return low, high


def _choice(text: str, spec: FactSpec, policy: Policy) -> str:
    value = _WORDS.get(spec.id, {}).get(text, text)
    if value in spec.choices:
        return value
    places = [place for place, names in policy.gazetteer.items() if text in names and place in spec.choices]
    if len(places) == 1:
        return places[0]
    some = "、".join([*_WORDS.get(spec.id, {}), *spec.choices][:12])
    raise ValueFormatError(
        f"“{text}”不是“{spec.title}”的可选值（{some}）", f"“{text}” is no value of {spec.id} ({some})"
    )


def _stated(name: str, file: YamlFile, policy: Policy, seen: set[str]) -> FactSpec:
    spec = fact_named(name, policy)
    if spec is None:
        names = [known for fact in policy.facts.values() for known in (fact.id, fact.title)]
        if name in policy.unused_facts:
            problem = Bilingual(
                f"事实“{name}”在词汇表里，但这套规则没有用到",
                f"the fact {name} is in the glossary, and this rulebook does not use it",
            )
            remedy = Bilingual(
                "删去这一行，或先在条件里用到它", "delete the line, or use the fact in a condition first"
            )
            raise InputError(finding("unknown_name", file.at(name), problem, remedy))
        raise InputError(unknown_name(Bilingual("事实", "fact"), name, names, file.at(name)))
    if spec.id in seen:
        problem = Bilingual(f"“{spec.title}”说了两次", f"“{spec.id}” is stated twice")
        raise InputError(
            finding("duplicate_id", file.at(name), problem, Bilingual("删去其中一行", "delete one of the lines"))
        )
    seen.add(spec.id)
    return spec


def _as_text(value: Plain) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case str():
            return value
    raise ValueFormatError("值应为一句话，不是列表或表", "the value must be one text, not a list or mapping")


def hint_of(spec: FactSpec) -> str:
    """How a value of a fact is written."""
    match spec.type:
        case FactType.TRUTH:
            return "是 / 否 / 不详"
        case FactType.DATE:
            return "日期，如 2012-03-05 或 2012年3月"
        case FactType.CHOICE if spec.id in _WORDS:
            return " / ".join([*_WORDS[spec.id], "不详"])
        case FactType.CHOICE if 0 < len(spec.choices) <= _FEW_CHOICES:
            return " / ".join([*spec.choices, "不详"])
        case FactType.CHOICE:
            return "地名，如 呈贡区"
        case _:
            return f"单位：{spec.unit}"
