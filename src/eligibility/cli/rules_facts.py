"""`eligibility rules facts`: where each fact of a rulebook comes from, and who uses it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rich.table import Table

from eligibility.cli.screen import Screen, print_json
from eligibility.rulebook.authoring import FactUse, fact_uses
from eligibility.rulebook.difference import day_in_force


def show_facts(folder: Path, today: date, *, lang: str, json: bool) -> None:
    """Print the facts that the rulebook uses. Raises `InputError` where it cannot be read."""
    uses = fact_uses(folder, day_in_force(folder, today))
    if json:
        print_json([_plain(use, lang) for use in uses])
        return
    Screen().print(_table(uses, lang))


def _plain(use: FactUse, lang: str) -> dict[str, object]:
    return {
        "id": use.id,
        "title": use.title,
        "type": use.type,
        "unit": use.unit,
        "source": use.source.in_language(lang),
        "confirmed_by": list(use.bodies),
        "conditions": list(use.conditions),
        "clauses": list(use.clauses),
        "benefits": list(use.benefits),
    }


def _table(uses: tuple[FactUse, ...], lang: str) -> Table:
    en = lang == "en"
    table = Table(title="Facts" if en else "事实", show_lines=True)
    heads = ("Fact", "Comes from", "Confirmed by", "Used by") if en else ("事实", "从哪里来", "由谁确认", "谁用到")
    for head in heads:
        table.add_column(head, overflow="fold")
    for use in uses:
        unit = f"（{use.unit}）" if use.unit else ""
        name = f"{use.id}{f' ({use.unit})' if use.unit else ''}" if en else f"{use.title}{unit}\n{use.id}"
        users = "、".join(dict.fromkeys((*use.clauses, *use.benefits)))
        table.add_row(name, use.source.in_language(lang), "、".join(use.bodies), users)
    return table
