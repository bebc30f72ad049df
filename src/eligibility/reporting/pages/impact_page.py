"""`impact.html`: one self-contained page about a comparison, in Chinese and English, without any person's id or name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from eligibility.labels.states import OUTCOMES
from eligibility.labels.titles import Family, Titles, as_title
from eligibility.model.diagnostic import Bilingual
from eligibility.model.visible import visible
from eligibility.reporting.impact import Impact, Turn
from eligibility.reporting.pages.impact_flow import HEIGHT, flow
from eligibility.reporting.pages.impact_words import CHANGES, MARKS, PARTS, reason_title
from eligibility.reporting.pages.page_data import Part, percent
from eligibility.reporting.pages.report import PAGE, environment
from eligibility.rulebook.difference import Difference


@dataclass(frozen=True, slots=True)
class StreetLine:
    """Persons of a street who change, by what they become; `share` is the length of the bar in percent."""

    street: str
    persons: int
    share: float
    parts: tuple[Part, ...]


def write_impact_page(counts: Impact, said: Sequence[Difference], path: Path) -> None:
    """Write the page to `path`."""
    titles = Titles(counts.new)
    words = {o: titles.text(Family.OUTCOME, o) for o in {**counts.old.outcomes, **counts.new.outcomes}}
    page = environment().get_template("impact.html.j2")
    path.write_text(
        visible(
            page.render(
                css=Markup(_read("report.css") + _read("flow.css") + _read("impact.css")),
                js=Markup(_read("report.js")),
                policy=counts.new,
                counts=counts,
                outcomes=words,
                flow=flow(counts.turns, [*OUTCOMES]),
                height=HEIGHT,
                said=[(PARTS[one.part], CHANGES[one.change], one, _title(one)) for one in said],
                streets=_streets(counts, words),
                clauses=[
                    (_clause(one.clause, counts), MARKS[one.before], MARKS[one.after], one) for one in counts.clauses
                ],
                reasons=[
                    (Bilingual(reason_title(one.reason, counts), as_title(one.reason)), one) for one in counts.reasons
                ],
            )
        ),
        encoding="utf-8",
    )


def _read(name: str) -> str:
    return (PAGE / name).read_text(encoding="utf-8")


def _title(one: Difference) -> Bilingual:
    return Bilingual(one.title, as_title(one.id))


def _clause(clause: str, counts: Impact) -> Bilingual:
    known = counts.new.clauses.get(clause) or counts.old.clauses[clause]
    return Bilingual(known.title, as_title(clause))


def _streets(counts: Impact, words: dict[str, Bilingual]) -> list[StreetLine]:
    most = max((sum(turns.values()) for turns in counts.streets.values()), default=0)
    return [_street(street, turns, most, words) for street, turns in counts.streets.items()]


def _street(street: str, turns: dict[Turn, int], most: int, words: dict[str, Bilingual]) -> StreetLine:
    persons = sum(turns.values())
    parts = []
    for outcome in OUTCOMES:
        number = sum(n for (_, after), n in turns.items() if after == outcome)
        if number:
            parts.append(Part(outcome, words[outcome], number, percent(number, persons)))
    return StreetLine(street, persons, percent(persons, most), tuple(parts))
