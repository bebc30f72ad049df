"""Writes the living document: one offline HTML page with the clauses, the results of their scenarios, and the matrix."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from eligibility.labels.states import KNOWN
from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import Kind, Policy
from eligibility.specification.contents import chapters, matrix, stories
from eligibility.specification.mutation.report import MutationReport
from eligibility.specification.run import Result, Specification

PAGE = Path(__file__).parent / "page"

KINDS = {
    Kind.REQUIREMENT: Bilingual("要求", "requirement"),
    Kind.EXCLUSION: Bilingual("排除", "exclusion"),
    Kind.EXCEPTION: Bilingual("例外", "exception"),
    Kind.REGISTER: Bilingual("备案", "register"),
    Kind.ELSEWHERE: Bilingual("另办", "elsewhere"),
    Kind.REFER: Bilingual("转核", "refer"),
}
DEEDS = {
    Kind.REQUIREMENT: Bilingual("不成立即不符合，待核即人工核查", "refuted: not eligible; open: to a person"),
    Kind.EXCLUSION: Bilingual("成立即不符合，待核即人工核查", "proven: not eligible; open: to a person"),
    Kind.EXCEPTION: Bilingual("成立即解除所列条款", "proven: lifts the clause it names"),
    Kind.REGISTER: Bilingual("不成立即备案登记，待核即人工核查", "refuted: registered; open: to a person"),
    Kind.ELSEWHERE: Bilingual(
        "成立即按其他办法办理，不是拒绝，待核即人工核查",
        "proven: with another programme, no refusal; open: to a person",
    ),
    Kind.REFER: Bilingual("不成立或待核都转人工核查，从不拒绝", "refuted or open: to a person, never a refusal"),
}
RESULTS = {
    Result.PASSED: Bilingual("通过", "passed"),
    Result.FAILED: Bilingual("未通过", "failed"),
    Result.BROKEN: Bilingual("无法执行", "cannot be executed"),
}

_QUOTED = re.compile(r'"([^"]*)"')
_COLUMN = re.compile(r"&lt;([^&]+)&gt;")


def living_document(
    specification: Specification, *, lang: str = "zh", mutation_report: MutationReport | None = None
) -> str:
    """Return the page as HTML. The specification itself is Chinese; `lang` is the language of headings and labels.

    The page contains no time and no path, so that equal rules and features give equal bytes.
    """
    return (
        _environment(lang, _titles(specification.policy))
        .get_template("specification.html.j2")
        .render(
            spec=specification,
            policy=specification.policy,
            lang=lang,
            css=Markup((PAGE / "specification.css").read_text(encoding="utf-8")),
            chapters=chapters(specification),
            stories=stories(specification),
            matrix=matrix(specification),
            failed=[trial for trial in specification.trials if trial.result is not Result.PASSED],
            mutation_report=mutation_report,
            kinds=KINDS,
            deeds=DEEDS,
            statuses=KNOWN,
            results=RESULTS,
        )
    )


def write_document(
    specification: Specification, path: Path, *, lang: str = "zh", mutation_report: MutationReport | None = None
) -> None:
    """Write the living document to `path`; missing folders are created."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(living_document(specification, lang=lang, mutation_report=mutation_report), encoding="utf-8")


def _environment(lang: str, titles: Mapping[str, Mapping[str, str]]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(PAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    say: Callable[[str, str], str] = lambda zh, en: en if lang == "en" else zh  # noqa: E731 - one word in templates
    environment.globals["w"] = say
    environment.filters["say"] = lambda text: text.in_language(lang)
    environment.filters["sentence"] = partial(_sentence, titles)
    environment.filters["cell"] = partial(_cell, titles)
    return environment


def _titles(policy: Policy) -> dict[str, dict[str, str]]:
    """Return titles by id, grouped by the word before the id in a sentence; lawyers do not read ids."""
    reasons = {reason.id: reason.title for reason in policy.reasons.values()}
    clauses = {clause.id: clause.title for clause in policy.clauses.values()}
    parameters = {parameter.id: parameter.title for parameter in policy.parameters.values()}
    conditions = {condition.id: condition.title for condition in policy.conditions.values()}
    return {"条件": conditions, "条款": clauses, "参数": parameters, "理由": clauses | reasons}


def _sentence(titles: Mapping[str, Mapping[str, str]], text: str) -> Markup:
    """Format a step: quotations and table columns are highlighted, and titles are added to ids."""

    def quoted(match: re.Match[str]) -> str:
        kind = next((word for word in titles if word in text[: match.start()][-8:]), "")
        return f"“<b>{match[1]}</b>{_named(titles.get(kind, {}), match[1])}”"

    marked = _QUOTED.sub(quoted, str(escape(text)).replace("&#34;", '"'))
    return Markup(_COLUMN.sub(lambda match: f"<var>{match[1]}</var>", marked))


def _named(titles: Mapping[str, str], codes: str) -> str:
    known = [titles[code] for code in codes.split("、") if code in titles]
    return f'<span class="named">{escape("、".join(known))}</span>' if known else ""


def _cell(titles: Mapping[str, Mapping[str, str]], text: str, column: str) -> Markup:
    """Format a cell of a table of 例子; if its column contains ids, with their titles."""
    named = _named(titles.get(column, {}), text)
    return Markup("<code>{}</code>{}").format(text, Markup(named)) if named else escape(text)
