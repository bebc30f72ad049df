"""One component as a page that needs nothing else: the picture, and every link with its evidence as a table."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eligibility.labels.states import CERTAINTIES
from eligibility.labels.values import span
from eligibility.reconcile.component import Component
from eligibility.reporting.picture import words
from eligibility.reporting.picture.svg import draw


def component_page(component: Component, lang: str) -> str:
    """The page as HTML, without scripts and without anything from outside."""
    return _environment().get_template("component.html.j2").render(
        lang="en" if lang == "en" else "zh-CN", en=lang == "en", name=component.name, title=words.TITLE.in_language(lang),
        picture=draw(component, lang), links=_links(component, lang),
    )  # fmt: skip


def _links(component: Component, lang: str) -> list[dict[str, Any]]:
    approvals = {one.key: one for one in component.approvals}
    lines = {one.line: one for one in component.agreements}
    ordered = sorted(component.links, key=lambda one: (lines[one.line].no, one.line[1] or "", -one.score, one.approval))
    return [
        {
            "agreement": lines[one.line].no,
            "land_class": words.land_class(one.line[1], lang),
            "approval": approvals[one.approval].no,
            "area": span(one.least_micro_mu, one.most_micro_mu),
            "certain": one.certain,
            "certainty": CERTAINTIES["certain" if one.certain else "possible"].in_language(lang),
            "score": f"{one.score:+d}",
            "items": [(words.item(name, lang), f"{weight:+d}") for name, weight in one.items],
        }
        for one in ordered
    ]


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
