"""`report.html`: one self-contained page about a run, in Chinese and English, without any person's name; ids are masked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eligibility.labels.titles import Family, Titles
from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import Policy
from eligibility.model.visible import visible
from eligibility.reporting.counts import REVIEW, summary
from eligibility.reporting.pages import page_data as data
from eligibility.reporting.pages import page_profiles
from eligibility.reporting.pages.impact_flow import HEIGHT
from eligibility.reporting.pages.page_ask import disagreements, first_questions
from eligibility.reporting.pages.page_flow import SHOWN, paper_flow

PAGE = Path(__file__).parent / "templates"
FILES: tuple[tuple[str, Bilingual], ...] = (
    (
        "review_queue.xlsx",
        Bilingual("待核查清单：先答“问题清单”，一答可了多人", "the review list: one answer may settle many persons"),
    ),
    ("decisions.xlsx", Bilingual("每人的结论，一街道一表", "every person's outcome, one sheet a street")),
    (
        "quarantine.csv",
        Bilingual("读不出的单元格，在哪一行、怎样改", "cells that could not be read: where, and how to mend them"),
    ),
    (
        "findings.csv",
        Bilingual("批文与协议互相不符之处，及办法", "where approvals and agreements disagree, and the remedy"),
    ),
    (
        "identities.csv",
        Bilingual(
            "每户在各份材料里的户号、编码、证号与姓名，及依据",
            "the numbers, codes and names of each household in every paper, with the evidence",
        ),
    ),
    ("coverage.csv", Bilingual("每份协议由批文对应多少亩", "how far each agreement is covered by approvals")),
    (
        "links.csv",
        Bilingual(
            "协议与批文的每一种可能配对及其依据", "each possible pair of agreement and approval, with its evidence"
        ),
    ),
    ("decisions.csv", Bilingual("同上结论，供其他程序读取", "the outcomes, for other programs")),
    ("manifest.json", Bilingual("输入文件与规则的校验值，供复核重跑", "hashes of inputs and rules, to repeat the run")),
)
"""What to open next, the most useful first."""


def write_report(con: DuckDBPyConnection, policy: Policy, out: Path, *, manifest: Mapping[str, Any]) -> Path:
    """Write `report.html` into `out` and return its path.

    `manifest` gives the origin of the run (version, inputs, agreement of the second evaluator); its times of work
    are left out, so that the same input gives the same bytes. Call it after `write_workbooks`: the page names the
    workbooks only when they stand in `out`.
    """
    page = environment().get_template("report.html.j2").render(_content(con, policy, out, manifest))
    path = out / "report.html"
    path.write_text(visible(page), encoding="utf-8")
    return path


@cache
def environment() -> Environment:
    """Jinja2 as every page of this room uses it: escaping on, a name that is not given is an error; templates compiled once."""
    made = Environment(
        loader=FileSystemLoader(PAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["thousands"] = lambda number: f"{number:,}" if isinstance(number, int) else number
    return made


def _content(con: DuckDBPyConnection, policy: Policy, out: Path, manifest: Mapping[str, Any]) -> dict[str, Any]:
    titles, found = Titles(policy), summary(con, policy)
    return {
        "css": Markup("".join((PAGE / name).read_text(encoding="utf-8") for name in ("report.css", "flow.css"))),
        "js": Markup((PAGE / "report.js").read_text(encoding="utf-8")),
        "policy": policy,
        "manifest": manifest,
        "found": found,
        "in_review": found.outcomes.get(REVIEW, 0),
        "outcomes": data.outcome_parts(titles, found.outcomes),
        "meanings": MEANINGS,
        "streets": data.streets(titles, found),
        "communities": data.communities(con, titles),
        "flow": paper_flow(con, policy, [part.kind for part in data.outcome_parts(titles, found.outcomes)]),
        "shown": SHOWN,
        "titles": {code: titles.text(Family.OUTCOME, code) for code in found.outcomes},
        "height": HEIGHT,
        "asks": first_questions(con, titles),
        "disagreements": disagreements(con),
        "comparison": found.comparison,
        "comparison_names": data.comparison_names(titles, found.comparison),
        "reasons": data.reasons(titles, found),
        "bodies": data.bodies(con, titles),
        "statuses": data.coverage_statuses(found),
        "land": data.coverage_places(con),
        "land_total": data.coverage_total(con),
        "assumptions": data.assumptions(con, policy),
        "reach": page_profiles.reach(con),
        "profiles": page_profiles.profiles(con, titles, found.persons),
        "findings": data.findings(found),
        "waits": data.waits(found),
        "absent": [(data.absent_text(one), one.persons) for one in found.absent],
        "files": [(name, text) for name, text in FILES if not name.endswith(".xlsx") or (out / name).exists()],
        "workbooks": (out / "decisions.xlsx").exists(),
    }


MEANINGS: Mapping[str, Bilingual] = {
    "eligible": Bilingual("各项要求均已证明", "every requirement is proven"),
    "register": Bilingual("未满十六周岁或在校，先登记", "under age or in school: registered"),
    "manual_review": Bilingual("材料不足以定论，由人核查", "the papers do not settle it: a person decides"),
    "not_eligible": Bilingual("有材料证明某项要求不成立", "papers refute a requirement"),
}
