"""`eligibility rules regimes`: which rulebook applies where and when, and to land of one day and place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rich.table import Table

from eligibility.cli.screen import Screen, print_json
from eligibility.labels.states import KNOWN
from eligibility.model.days import NEVER, parse_day
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.rulebook import Regime, choose, read_regimes
from eligibility.rulebook.files import REGIMES
from eligibility.rulebook.regime import Approved


def show_regimes(rules_dir: Path, approved: str | None, place: str | None, *, lang: str, json: bool) -> None:
    """Print every regime; with a day or place, the rulebooks that may apply to land approved then and there.

    Raises:
        InputError: no `regimes.yaml`, a wrong line in it, or a day that is none.

    """
    regimes = read_regimes(rules_dir)
    if not regimes:
        problem = Bilingual(f"没有 {REGIMES}", f"there is no {REGIMES}")
        remedy = Bilingual("请用 --rules-dir 指明规则总目录", "name the folder of all rulebooks with --rules-dir")
        raise InputError(Diagnostic("regimes_missing", SourceLocation(str(rules_dir)), problem, remedy))
    asked = approved is not None or place is not None
    chosen = choose(regimes, _range(approved), place) if asked else tuple(regime.rulebook for regime in regimes)
    if json:
        print_json({"rulebooks": list(chosen)}, indent=None)
        return
    en = lang == "en"
    console = Screen()
    if chosen:
        console.print(_table([regime for regime in regimes if regime.rulebook in chosen], en))
    if asked and len(chosen) != 1:
        console.print(
            "To a person: none, or several, may apply" if en else "转人工核查：没有一套或不止一套规则可以适用"
        )


def _range(text: str | None) -> Approved:
    if not text:
        return None, None
    day = parse_day(text)
    if day is None or day == NEVER:
        problem = Bilingual(f"“{text}”不是日期", f"“{text}” is not a date")
        remedy = Bilingual("如 2008-05-01、2008年5月、2008年", "such as 2008-05-01, 2008-05 or 2008")
        raise InputError(Diagnostic("bad_date", SourceLocation("--approved"), problem, remedy))
    return day.lo, day.hi


def _table(regimes: list[Regime], en: bool) -> Table:
    table = Table(title="Regimes" if en else "适用规则")
    titles = ("Rulebook", "Approved", "Places", "Basis") if en else ("规则", "征地批准日", "区县", "依据")
    for title in titles:
        table.add_column(title, overflow="fold")
    for regime in regimes:
        law = regime.citation
        known = KNOWN[law.status].in_language("en" if en else "zh")
        basis = f"{law.instrument} {law.article}（{known}）"
        name = f"{regime.rulebook} {regime.title}"
        table.add_row(name, _days(regime.since, regime.until, en), "、".join(regime.places), basis)
    return table


def _days(since: date | None, until: date | None, en: bool) -> str:
    if since is None and until is None:
        return "any" if en else "不限"
    begun = (f"from {since}" if en else f"{since} 起") if since else ""
    over = (f"before {until}" if en else f"{until} 以前") if until else ""
    return " ".join(part for part in (begun, over) if part)
