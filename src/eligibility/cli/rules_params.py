"""`eligibility rules params`: the legal numbers with status and source, and who of a run rests on each assumed one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from rich.table import Table

from eligibility.application.saved_runs import open_run
from eligibility.cli.rules_show import COLOURS
from eligibility.cli.screen import OFF, Screen, on, print_json
from eligibility.rulebook.description import ParameterDescription, describe_rulebook
from eligibility.rulebook.difference import day_in_force, read_side

RESTING = """
    SELECT unnest(string_split(assumed_parameters, ';')) AS parameter, sum(persons)::BIGINT,
        coalesce(sum(persons) FILTER (outcome = 'not_eligible'), 0)::BIGINT
    FROM verdict.profiles WHERE assumed_parameters <> '' GROUP BY 1
"""
Resting = dict[str, tuple[int, int]]
"""Parameter → persons whose decision rests on it, and those of them who are refused."""


def show_parameters(folder: Path, today: date, as_of: date | None, *, run: Path | None, lang: str, json: bool) -> None:
    """Print the table; the day is `as_of`, else that of the run, else today. Raises `InputError`."""
    resting: Resting | None = None
    if run is not None:
        con, policy = open_run(run)
        with con:
            resting = {name: (persons, refused) for name, persons, refused in con.execute(RESTING).fetchall()}
        as_of = as_of or policy.as_of
    parameters = describe_rulebook(read_side(folder, as_of or day_in_force(folder, today))).parameters
    if json:
        plain = [_plain(one, resting) for one in parameters]
        print_json(plain)
        return
    Screen().print(_table(parameters, resting, lang))


def _table(parameters: tuple[ParameterDescription, ...], resting: Resting | None, lang: str) -> Table:
    en = lang == "en"
    table = Table(title="Legal numbers" if en else "法定数值", show_lines=True)
    for name, ratio in zip(("Number", "Value", "To try") if en else ("参数", "现值", "供试算"), (6, 3, 3), strict=True):
        table.add_column(name, overflow="fold", ratio=ratio)
    if resting is not None:
        table.add_column("Rest on it" if en else "依此判定", justify="right")
        table.add_column("Refused" if en else "不符合", justify="right")
    for one in parameters:
        cells = [
            _name(one, lang),
            _value(one, lang),
            "；".join(text.in_language(lang) for text in one.alternatives) or "—",
        ]
        if resting is not None:
            cells += [f"{number:,}" if number else "—" for number in resting.get(one.name.id, (0, 0))]
        table.add_row(*cells)
    return table


def _name(one: ParameterDescription, lang: str) -> str:
    sources = [f"{p.citation.instrument} {p.citation.article}" for p in one.timeline]
    title = f"{on('bold')}{one.name.title.in_language(lang)}{OFF} {on('dim')}{one.name.id}{OFF}"
    return "\n".join([title, *(f"{on('dim')}{source}{OFF}" for source in sources)])


def _value(one: ParameterDescription, lang: str) -> str:
    """The value of the day and, where there are several, all of them with the day they begin."""
    lines = [one.value.in_language(lang), f"{on(COLOURS[one.status])}{one.standing.in_language(lang)}{OFF}"]
    if len(one.timeline) > 1:
        lines += [
            f"{on('dim')}{p.since} {p.value.in_language(lang)} {p.standing.in_language(lang)}{OFF}"
            for p in one.timeline
        ]
    return "\n".join(lines)


def _plain(one: ParameterDescription, resting: Resting | None) -> dict[str, Any]:
    line: dict[str, Any] = {
        "id": one.name.id,
        "title": one.name.title.zh,
        "value": one.value.zh,
        "status": one.status.value,
        "values": [
            {
                "since": p.since.isoformat(),
                "until": p.until.isoformat() if p.until else None,
                "value": p.value.zh,
                "instrument": p.citation.instrument,
                "article": p.citation.article,
                "quote": p.citation.quote,
                "status": p.citation.status.value,
            }
            for p in one.timeline
        ],
        "alternatives": [text.zh for text in one.alternatives],
        "used_by": [name.id for name in one.used_by],
    }
    if resting is not None:
        line["persons"], line["refused"] = resting.get(one.name.id, (0, 0))
    return line
