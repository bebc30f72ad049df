"""The rulebook as one offline HTML file: clauses in sentences, legal numbers as timelines, reasons for review."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from eligibility.labels.states import KNOWN
from eligibility.labels.titles import Family, Titles
from eligibility.labels.values import readable
from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import Kind, Status
from eligibility.reporting.pages.report import PAGE, environment
from eligibility.rulebook.description import ParameterDescription, RulebookDescription
from eligibility.rulebook.prose_words import MEANINGS, WORDLESS

GROUPS: Mapping[Kind, Bilingual] = {
    Kind.REQUIREMENT: Bilingual("要求", "Requirements"),
    Kind.EXCLUSION: Bilingual("排除", "Exclusions"),
    Kind.EXCEPTION: Bilingual("例外", "Exceptions"),
    Kind.REGISTER: Bilingual("先备案登记", "Registered first"),
    Kind.ELSEWHERE: Bilingual("按其他办法办理", "With another programme"),
    Kind.REFER: Bilingual("转人工核查", "Sent to a person"),
}


def write_rulebook_page(book: RulebookDescription, path: Path, *, lang: str = "zh") -> None:
    """Write the page to `path`; both languages stand in it, `lang` is the one shown first."""
    titles = Titles(book.policy)
    clauses = {kind: [(n, c) for n, c in enumerate(book.clauses, 1) if c.kind is kind] for kind in GROUPS}
    page = environment().get_template("rulebook.html.j2").render(
        css=Markup(_read("report.css") + _read("rulebook.css")),
        js=Markup(_read("report.js")),
        lang=lang,
        book=book,
        policy=book.policy,
        groups=[(kind, GROUPS[kind], MEANINGS[kind], clauses[kind]) for kind in GROUPS if clauses[kind]],
        outcomes={code: titles.text(Family.OUTCOME, code) for code in book.policy.outcomes},
        wordless=WORDLESS,
        standing=_standing(book),
        tracks={one.name.id: _track(one, book) for one in book.parameters},
        reasons=[
            (titles.text(Family.REASON, code), *(_listed(titles, family, codes) for family, codes in
             ((Family.DOCUMENT, one.documents), (Family.BODY, one.bodies))))
            for code, one in book.policy.reasons.items()
        ],
    )  # fmt: skip
    path.write_text(page, encoding="utf-8")


def _read(name: str) -> str:
    return (PAGE / name).read_text(encoding="utf-8")


def _standing(book: RulebookDescription) -> list[tuple[Status, Bilingual, int, int]]:
    """For each status: how many clauses and how many numbers have it."""
    return [
        (
            status,
            KNOWN[status],
            sum(one.citation.status is status for one in book.clauses),
            sum(one.status is status for one in book.parameters),
        )
        for status in Status
    ]


def _track(one: ParameterDescription, book: RulebookDescription) -> list[float]:
    """Width of each period of a timeline in percent, the open end drawn to the day of the page and a little beyond."""
    first, last = one.timeline[0].since, book.policy.as_of
    whole = max((last - first).days, 1) * 1.12
    ends = [min(max(period.until or last, period.since), last) for period in one.timeline]
    widths = [100 * max((end - p.since).days, 0) / whole for p, end in zip(one.timeline, ends, strict=True)]
    widths[-1] = 100 - sum(widths[:-1])
    return [round(width, 2) for width in widths]


def _listed(titles: Titles, family: Family, codes: tuple[str, ...]) -> Bilingual:
    return Bilingual("、".join(titles.zh(family, code) for code in codes), ", ".join(readable(code) for code in codes))
