"""Third pass: the timelines of parameters, in the scale of their type, each value with its citation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from eligibility.model.diagnostic import Bilingual, Diagnostic, SourceLocation
from eligibility.model.policy import Citation, Dated, FactType, Parameter, Status, Value
from eligibility.model.units import UNITS, ValueFormatError, one_day, percent, quantity, unit_shown
from eligibility.rulebook.draft import Draft, Entry
from eligibility.rulebook.glossary import citation_of, unknown
from eligibility.rulebook.problems import finding, misnamed
from eligibility.rulebook.schemas import ParameterShape, Written

COMPARISONS = ("lt", "le")
"""Values of a parameter of type comparison: the line itself does not count, or counts."""

_TRIED = SourceLocation("trying")


def read_timelines(draft: Draft) -> Draft:
    """Compile the parameters: scaled values in order, without overlap, each with its citation."""
    wrong: list[Diagnostic] = []
    timelines = {entry.id: _parameter(draft, entry, wrong) for entry in draft.parameters.entries.values()}
    wrong.extend(unknown(Bilingual("参数", "parameter"), draft.trying, draft.parameters.ids, _TRIED))
    for name in draft.trying.keys() & timelines.keys():
        only = _tried(draft.parameters.entries[name], draft.trying[name], wrong)
        timelines[name] = replace(timelines[name], timeline=(only,))
    return replace(draft.with_findings(wrong), timelines=timelines)


def _tried(entry: Entry[ParameterShape], text: str, wrong: list[Diagnostic]) -> Dated:
    """Return a timeline with a trial value for every day; an empty trial value means unset."""
    value = _value(entry, _written(text, entry.body.type), _TRIED, wrong) if text else None
    return Dated(date.min, None, value, Citation("", "", "", Status.ASSUMED if text else Status.UNSET))


def _written(text: str, kind: str) -> Written:
    """A value on a line of text, as it would stand in a parameter file."""
    if kind == "truth" and text in ("true", "false", "是", "否"):
        return text in ("true", "是")
    return text.split("、") if kind == "words" else text


def _parameter(draft: Draft, entry: Entry[ParameterShape], wrong: list[Diagnostic]) -> Parameter:
    body = entry.body
    timeline = [_dated(draft, entry, i, wrong) for i in range(len(body.values))]
    for i, (earlier, later) in enumerate(pairwise(timeline)):
        if (earlier.until or later.since) > later.since or earlier.since >= later.since:
            problem = Bilingual("各值的起止日期重叠或次序颠倒", "dated values overlap or are out of order")
            remedy = Bilingual(
                "按 since 从早到晚排列，上一值的 until 不晚于下一值的 since",
                "order by since; an until not after the next since",
            )
            wrong.append(finding("bad_timeline", entry.at("values", i + 1, "since"), problem, remedy))
    others = [
        _value(entry, alternative, entry.at("alternatives", i), wrong)
        for i, alternative in enumerate(body.alternatives)
    ]
    unit = unit_shown(FactType(body.type), body.unit) if body.type in UNITS else body.unit
    return Parameter(
        entry.id,
        body.title,
        body.type,
        unit,
        _open_until_next(timeline),
        tuple(v for v in others if v is not None),
        body.title_en,
    )


def _open_until_next(timeline: list[Dated]) -> tuple[Dated, ...]:
    """Set the end of a value without one to the beginning of the next."""
    ends = [*(later.since for later in timeline[1:]), None]
    return tuple(replace(dated, until=dated.until or end) for dated, end in zip(timeline, ends, strict=True))


def _dated(draft: Draft, entry: Entry[ParameterShape], index: int, wrong: list[Diagnostic]) -> Dated:
    shape = entry.body.values[index]
    at = entry.at("values", index, "value")
    citation = citation_of(draft, shape.citation, entry.at("values", index, "citation"), wrong)
    value = None if shape.value is None else _value(entry, shape.value, at, wrong)
    if (shape.value is None) != (citation.status is Status.UNSET):
        problem = Bilingual(
            "值为空时知悉程度应为 unset，否则不应为 unset", "status unset if and only if the value is null"
        )
        remedy = Bilingual(
            "不知道数值就写 value: null、status: unset；否则写 seen 或 assumed",
            "null with status unset, or a value with seen or assumed",
        )
        wrong.append(finding("bad_value", at, problem, remedy))
    if shape.until is not None and shape.until <= shape.since:
        problem, remedy = (
            Bilingual("终止日不晚于起始日", "it ends before it begins"),
            Bilingual("until 应晚于 since", "until must be later than since"),
        )
        wrong.append(finding("bad_timeline", entry.at("values", index, "until"), problem, remedy))
    return Dated(shape.since, shape.until, value, citation)


def _value(entry: Entry[ParameterShape], written: Written, at: SourceLocation, wrong: list[Diagnostic]) -> Value | None:
    body = entry.body
    allowed = COMPARISONS if body.type == "comparison" else tuple(body.choices)
    try:
        if body.type in ("comparison", "choice") and written not in allowed:
            text = Bilingual(f"“{written}”不在可选值之中", f"“{written}” is not among the choices")
            wrong.append(misnamed("bad_value", at, text, str(written), allowed))
        return _typed(written, body.type, body.unit)
    except ValueFormatError as bad:
        wrong.append(finding("bad_value", at, bad.problem, _form(body)))
        return None


_FORMS = {
    "truth": "true / false",
    "date": "2009-01-01",
    "words": "[呈贡区, 五华区]",
    "comparison": "lt / le",
    "percent": "80",
}


def _form(body: ParameterShape) -> Bilingual:
    """Return how a value of this type is written."""
    if body.type == "choice":
        sample = "、".join(body.choices)
    else:
        sample = _FORMS.get(body.type) or f"0.3（unit: {'、'.join(UNITS[FactType(body.type)])}）"
    return Bilingual(f"{body.type} 类的值写成：{sample}", f"a value of type {body.type} is written: {sample}")


def _typed(written: Written, kind: str, unit: str) -> Value:
    match written, kind:
        case bool(), "truth":
            return written
        case list(), "words":
            return tuple(written)
        case str(), "date":
            return one_day(written)
        case str(), "comparison" | "choice":
            return written
        case str(), "percent":
            return percent(written)
        case str(), "area" | "area_per_head" | "years" | "count" | "money":
            return quantity(written, FactType(kind), unit)
    raise ValueFormatError(f"值“{written}”与类型 {kind} 不符", f"value “{written}” does not fit type {kind}")
