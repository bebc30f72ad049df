"""What to ask first, and where approvals and agreements disagree."""

from __future__ import annotations

from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from eligibility.labels.titles import Family, Titles
from eligibility.model.diagnostic import Bilingual
from eligibility.reporting.pages.page_data import mu, percent
from eligibility.reporting.queries import rows


@dataclass(frozen=True, slots=True)
class AskLine:
    """A question with the papers that answer it, who has them, and the persons it touches and settles alone."""

    title: Bilingual
    community: str
    documents: Bilingual
    bodies: Bilingual
    touched: int
    settled: int
    share: float
    settled_share: float


def first_questions(con: DuckDBPyConnection, titles: Titles) -> list[AskLine]:
    """The questions whose answers settle most persons, most first."""
    found = rows(con, "top_questions")
    most = max((touched for *_, touched, _ in found), default=0)
    return [
        AskLine(
            title=Bilingual(title, title_en or title),
            community=community,
            documents=_listed(titles, Family.DOCUMENT, documents),
            bodies=_listed(titles, Family.BODY, bodies),
            touched=touched,
            settled=settled,
            share=percent(touched - settled, most),
            settled_share=percent(settled, most),
        )
        for title, title_en, community, documents, bodies, touched, settled in found
    ]


def disagreements(con: DuckDBPyConnection) -> list[tuple[Bilingual, int, str]]:
    """Typed findings between approvals and agreements: kind, number, area in 亩 ("" where none is told)."""
    return [
        (Bilingual(title, title_en or title), number, mu(area) if area is not None else "")
        for title, title_en, number, area in rows(con, "finding_areas")
    ]


def _listed(titles: Titles, family: Family, codes: str | None) -> Bilingual:
    said = [titles.text(family, code) for code in (codes or "").split(";") if code]
    return Bilingual("、".join(one.zh for one in said), ", ".join(one.en for one in said))
