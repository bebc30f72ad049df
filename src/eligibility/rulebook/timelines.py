"""Third pass: the timelines of parameters, in the scale of their type, each value with its citation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from eligibility.model.diagnostic import Bilingual, Diagnostic, SourceLocation
from eligibility.model.policy import Citation, Dated, FactType, Parameter, Status, Tabled, Value
from eligibility.model.units import UNITS, ValueFormatError, number, one_day, percent, quantity, unit_shown
from eligibility.rulebook.draft import Draft, Entry
from eligibility.rulebook.glossary import citation_of, unknown
from eligibility.rulebook.problems import finding, misnamed, unknown_name
from eligibility.rulebook.schemas import Cells, ParameterShape, Written

COMPARISONS = ("lt", "le")
"""Values of a parameter of type comparison: the line itself does not count, or counts."""

_TRIED = SourceLocation("trying")
_COMPARED = {"低于": "lt", "低于才算": "lt", "不高于": "le", "恰为标准的也算": "le", "也算": "le"}


def read_timelines(draft: Draft) -> Draft:
    """Compile the parameters: scaled values in order, without overlap, each with its citation."""
    wrong: list[Diagnostic] = []
    timelines = {entry.id: _parameter(draft, entry, wrong) for entry in draft.parameters.entries.values()}
    by_title = {entry.body.title: entry.id for entry in draft.parameters.entries.values()}
    trying = {by_title.get(name, name): text for name, text in draft.trying.items()}
    wrong.extend(unknown(Bilingual("参数", "parameter"), trying, draft.parameters.ids, _TRIED))
    for name in trying.keys() & timelines.keys():
        only = _tried(draft.parameters.entries[name], trying[name], wrong)
        timelines[name] = replace(timelines[name], timeline=(only,))
    return replace(draft.with_findings(wrong), timelines=timelines)


def _tried(entry: Entry[ParameterShape], text: str, wrong: list[Diagnostic]) -> Dated:
    """Return a timeline with a trial value for every day; an empty trial value means unset."""
    value = _value(entry, _written(text, entry.body.type), _TRIED, wrong) if text else None
    return Dated(date.min, None, value, Citation("", "", "", Status.ASSUMED if text else Status.UNSET))


def _written(text: str, kind: str) -> Written | Cells:
    """A value on a line of text, as it would stand in a parameter file."""
    if "=" in text:
        return dict(_cell_of(item, kind) for item in text.replace(";", "；").split("；") if item)
    if kind == "comparison":
        return _COMPARED.get(text, text)
    if kind == "truth" and text in ("true", "false", "是", "否"):
        return text in ("true", "是")
    return text.split("、") if kind == "words" else text


def _cell_of(text: str, kind: str) -> tuple[str, Any]:
    """Return one cell of a table on a line of text, `川区=0.5` or `一类、第一期=800`."""
    words, _, value = text.rpartition("=")
    first, *rest = words.split("、")
    inner: Any = _written(value, kind)
    for word in reversed(rest):
        inner = {word: inner}
    return first, inner


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
    unit = unit_shown(FactType(body.type), body.unit) if body.type in UNITS and body.type != "percent" else body.unit
    return Parameter(
        entry.id,
        body.title,
        body.type,
        unit,
        _open_until_next(timeline),
        tuple(v for v in others if v is not None),
        body.title_en,
        _by(draft, entry, wrong),
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


def _value(
    entry: Entry[ParameterShape], written: Written | Cells, at: SourceLocation, wrong: list[Diagnostic]
) -> Value | None:
    body = entry.body
    if isinstance(written, dict) or body.by:
        return _table(entry, written, at, wrong)
    allowed = COMPARISONS if body.type == "comparison" else tuple(body.choices)
    try:
        if body.type in ("comparison", "choice") and written not in allowed:
            text = Bilingual(f"“{written}”不在可选值之中", f"“{written}” is not among the choices")
            wrong.append(misnamed("bad_value", at, text, str(written), allowed))
        return _typed(written, body.type, body.unit)
    except ValueFormatError as bad:
        wrong.append(finding("bad_value", at, bad.problem, _form(body)))
        return None


def _by(draft: Draft, entry: Entry[ParameterShape], wrong: list[Diagnostic]) -> tuple[str, ...]:
    """Return the facts by which the values differ; each must be a choice, and every word one of its."""
    facts_by: list[str] = []
    for name in entry.body.by:
        spec = next((item for item in draft.fact_specs.values() if name in (item.id, item.title)), None)
        if spec is None:
            names = [known for item in draft.fact_specs.values() for known in (item.id, item.title)]
            wrong.append(unknown_name(Bilingual("事实", "fact"), name, names, entry.at("by")))
            continue
        if spec.type is not FactType.CHOICE:
            problem = Bilingual(
                f"“{spec.title}”不是选项，不能分列", f"{spec.id} is no choice: values cannot differ by it"
            )
            remedy = Bilingual("by 只写 choice 类的事实", "“by” takes facts of type choice")
            wrong.append(finding("type_mismatch", entry.at("by"), problem, remedy))
        facts_by.append(spec.id)
    for i, shape in enumerate(entry.body.values):
        for words in _cells(shape.value, len(facts_by)) if isinstance(shape.value, dict) else ():
            for fact, word in zip(facts_by, words, strict=True):
                if word not in draft.fact_specs[fact].choices:
                    kind = Bilingual(f"“{draft.fact_specs[fact].title}”取值", f"value of {fact}")
                    choices = draft.fact_specs[fact].choices
                    wrong.append(unknown_name(kind, word, choices, entry.at("values", i, "value")))
    return tuple(facts_by)


def _cells(written: Any, depth: int) -> dict[tuple[str, ...], Any]:
    """Return the cells of a table by their words; those of another depth are left out."""
    if depth == 0:
        return {(): written}
    if not isinstance(written, dict):
        return {}
    return {(word, *rest): cell for word, inner in written.items() for rest, cell in _cells(inner, depth - 1).items()}


def _table(
    entry: Entry[ParameterShape], written: Written | Cells, at: SourceLocation, wrong: list[Diagnostic]
) -> Value | None:
    depth, body = len(entry.body.by), entry.body
    cells = _cells(written, depth)
    if (
        not depth
        or not isinstance(written, dict)
        or not cells
        or any(isinstance(cell, dict) for cell in cells.values())
    ):
        problem = Bilingual("分列的数值与 by 不符", "the table does not fit “by”")
        remedy = Bilingual(
            "写 by: [区域类别]，value 下每个词一行：川区: 0.5；两个事实的再分一层",
            "write by: [fact], and one line a word under value; a further level for a second fact",
        )
        wrong.append(finding("bad_value", at, problem, remedy))
        return None
    try:
        typed = [(w, None if cell is None else _typed(cell, body.type, body.unit)) for w, cell in cells.items()]
    except ValueFormatError as bad:
        wrong.append(finding("bad_value", at, bad.problem, _form(body)))
        return None
    return Tabled(tuple(typed))


_FORMS = {
    "truth": "true / false",
    "date": "2009-01-01",
    "words": "[呈贡区, 五华区]",
    "comparison": "lt / le",
    "percent": "80",
    "number": "1.5、1/3",
}


def _form(body: ParameterShape) -> Bilingual:
    """Return how a value of this type is written."""
    if body.type == "choice":
        sample = "、".join(body.choices)
    else:
        sample = _FORMS.get(body.type) or f"0.3（unit: {'、'.join(UNITS[FactType(body.type)])}）"
    return Bilingual(f"{body.type} 类的值写成：{sample}", f"a value of type {body.type} is written: {sample}")


def _typed(written: Any, kind: str, unit: str) -> Value:  # noqa: PLR0911 - one return a case
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
        case str(), "number":
            return number(written)
        case str(), "area" | "area_per_head" | "years" | "count" | "money":
            return quantity(written, FactType(kind), unit)
    raise ValueFormatError(f"值“{written}”与类型 {kind} 不符", f"value “{written}” does not fit type {kind}")
