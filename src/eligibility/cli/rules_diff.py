"""`eligibility rules diff`: what two rulebooks say differently, by meaning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.table import Table

from eligibility.cli.screen import OFF, Screen, on, print_json
from eligibility.reporting.pages.impact_words import CHANGES, PARTS
from eligibility.rulebook.difference import Difference, day_in_force, differences, read_side


def show_difference(old: Path, new: Path, today: date, *, lang: str, json: bool) -> None:
    """Print every difference in meaning. Raises `InputError` where one of the rulebooks cannot be used."""
    before, after = (read_side(folder, day_in_force(folder, today)) for folder in (old, new))
    found = differences(before, after)
    if json:
        print_json([_plain(one) for one in found])
        return
    console = Screen()
    if found:
        console.print(difference_table(found, lang=lang))
    count = f"{len(found)} differences." if lang == "en" else f"共 {len(found)} 处不同。"
    none = "The two rulebooks say the same." if lang == "en" else "两份规则内容相同。"
    console.print(count if found else none)


def difference_table(found: Sequence[Difference], *, lang: str) -> Table:
    """The differences as a table: what, the old words, the new words."""
    en = lang == "en"
    table = Table(title="What the rulebooks say differently" if en else "规则的不同之处", show_lines=True)
    for name, ratio in zip(("Where", "Was", "Becomes") if en else ("何处", "原为", "改为"), (3, 5, 5), strict=True):
        table.add_column(name, overflow="fold", ratio=ratio)
    for one in found:
        where = f"{PARTS[one.part].in_language(lang)} {on('bold')}{one.id if en else one.title}{OFF}"
        what = f"\n{on('dim')}{CHANGES[one.change].in_language(lang)} {one.what.in_language(lang)}{OFF}"
        empty = f"{on('dim')}—{OFF}"
        table.add_row(where + what, one.old.in_language(lang) or empty, one.new.in_language(lang) or empty)
    return table


def _plain(one: Difference) -> dict[str, str | dict[str, str]]:
    texts = {key: {"zh": text.zh, "en": text.en} for key, text in (("old", one.old), ("new", one.new))}
    return {"part": one.part, "id": one.id, "title": one.title, "change": one.change, "what": one.what.en, **texts}
