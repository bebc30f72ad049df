"""`eligibility rules attribution`: the ways of attributing shared land (归属口径) side by side, with everyone they decide otherwise."""

from __future__ import annotations

import csv
import json as json_text
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from eligibility.application.stored import open_run
from eligibility.application.what_if import keep_shifts, redecide
from eligibility.cli.rules_impact_telling import COLOURS
from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.domain.policy import Policy
from eligibility.domain.resident_id import mask
from eligibility.reporting.impact import Impact, impact
from eligibility.rulebook import load_policy

PARAMETER = "shared_land_attribution"
WORDS = {
    "documented_only": Text("只认材料所限区间", "only what the papers bound"),
    "group_ratio": Text("按本组征收比例", "by the share of the group that went"),
    "per_capita": Text("按人口平均", "by heads"),
}
FILE = "attribution.csv"
SHOWN = 10
"""Changed persons that are shown on the screen, masked."""

CHANGED = """
SELECT decided.row_id, shifted.new_outcome FROM decision.persons AS decided
JOIN marked USING (row_id) JOIN shifted ON marked.profile_id = shifted.profile_id AND {keys}
"""
NAMED = 'SELECT row_id, resident_id, name, household_id, street, community, "group", outcome FROM decision.persons ORDER BY row_id'


@dataclass(frozen=True, slots=True)
class Way:
    """One way of attribution on a run: the counts against the run, and row → outcome of everyone decided otherwise."""

    value: str
    counts: Impact
    changed: dict[int, str]

    @property
    def outcomes(self) -> dict[str, int]:
        """Persons by outcome under this way."""
        found: Counter[str] = Counter()
        for (_, after), persons in self.counts.matrix.items():
            found[after] += persons
        return dict(found)


def show_attribution(run: Path, out: Path | None, *, lang: str, json: bool) -> None:
    """Print persons by outcome under each way, and who changes; with `out`, write everyone who does to a file there.

    Raises:
        Unusable: no finished run, its rulebook has no such choice, or `out` must not be written.

    """
    con, policy = open_run(run)
    with con:
        present, others = _choices(policy)
        ways = [_way(run, policy, value) for value in (present, *others)]
        persons = con.execute(NAMED).fetchall()
    moved = [row for row in persons if any(row[0] in way.changed for way in ways)]
    if out is not None:
        _write(_file(run, out), ways, moved)
    if json:
        sys.stdout.write(json_text.dumps([_plain(way) for way in ways], ensure_ascii=False, indent=2) + "\n")
    else:
        _tell(ways, moved, policy, out, lang)


def _choices(policy: Policy) -> tuple[str, list[str]]:
    parameter = policy.parameters.get(PARAMETER)
    if parameter is None:
        problem = Text(f"规则 {policy.id} 没有归属口径", f"{policy.id} has no way of attributing shared land")
        raise Unusable(Finding("unknown_name", Source(policy.id), problem, Text("换一套规则", "use another rulebook")))
    present = str(policy.value(PARAMETER) or "documented_only")
    return present, sorted(set(WORDS) - {present}, key=list(WORDS).index)


def _way(run: Path, old: Policy, value: str) -> Way:
    new = load_policy(run / "rules" / old.id, as_of=old.as_of, trying={PARAMETER: value})
    con, _ = open_run(run)
    with con:
        done = redecide(con, old, new, run)
        turned = [one for one in done.shifts if one.turned]
        changed: dict[int, str] = {}
        if turned:
            keep_shifts(con, turned)
            keys = " AND ".join(f"marked.key_{i} = shifted.key_{i}" for i in range(len(turned[0].keys)))
            changed = dict(con.execute(CHANGED.format(keys=keys)).fetchall())
    return Way(value, impact(old, new, done.shifts), changed)


def _file(run: Path, out: Path) -> Path:
    """The file to write; nothing is written into a finished run."""
    if run.resolve() in (out.resolve(), *out.resolve().parents) or (out.exists() and not out.is_dir()):
        problem = Text("不能写入已完成的结果目录或文件", "is (in) a finished run, or a file: not written")
        raise Unusable(
            Finding("out_in_use", Source(str(out)), problem, Text("请用 --out 指定一个新目录", "name a new folder"))
        )
    out.mkdir(parents=True, exist_ok=True)
    return out / FILE


def _write(path: Path, ways: list[Way], moved: list[tuple[Any, ...]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        sheet = csv.writer(file)
        places = ("resident_id", "name", "household_id", "street", "community", "group")
        sheet.writerow([*places, *(way.value for way in ways)])
        for row_id, *place, outcome in moved:
            cells = [f"'{cell}" if str(cell)[:1] in "=+-@" and cell else cell for cell in place]
            sheet.writerow([*cells, *(way.changed.get(row_id, outcome) for way in ways)])


def _plain(way: Way) -> dict[str, Any]:
    turns = [{"old": old, "new": new, "persons": n} for (old, new), n in way.counts.turns.items()]
    return {"value": way.value, "outcomes": way.outcomes, "changed": way.counts.changed, "turns": turns}


def _tell(ways: list[Way], moved: list[tuple[Any, ...]], policy: Policy, out: Path | None, lang: str) -> None:
    en = lang == "en"
    console = Console(highlight=False)
    console.print(_counts(ways, policy, en))
    if moved:
        console.print(_people(ways, moved[:SHOWN], policy, en))
    if en:
        console.print(
            f"{len(moved):,} persons are decided otherwise under one way or another; first: as the run was decided."
        )
    else:
        console.print(
            f"共 {len(moved):,} 人因口径不同而结论不同；第一列为本次结果所用口径。另两种是政策选择，须有人签字。"
        )
    if out is not None:
        console.print(("All of them: " if en else "全部名单：") + str(out / FILE))


def _counts(ways: list[Way], policy: Policy, en: bool) -> Table:
    table = Table(title="Shared land attributed in each way (persons)" if en else "三种归属口径下的结论（人）")
    table.add_column("")
    for way in ways:
        table.add_column(f"{WORDS[way.value].say('en' if en else 'zh')}\n[dim]{way.value}[/]", justify="right")
    for outcome in policy.outcomes:
        table.add_row(_outcome(outcome, policy, en), *(f"{way.outcomes.get(outcome, 0):,}" for way in ways))
    table.add_section()
    table.add_row("Changed" if en else "结论改变", *(f"[bold]{way.counts.changed:,}[/]" for way in ways))
    for turn in sorted({turn for way in ways for turn in way.counts.turns}):
        label = "→".join(_outcome(outcome, policy, en) for outcome in turn)
        table.add_row(f"  {label}", *(f"{way.counts.turns.get(turn, 0):,}" for way in ways))
    return table


def _people(ways: list[Way], moved: list[tuple[Any, ...]], policy: Policy, en: bool) -> Table:
    table = Table(title=f"Who changes (first {len(moved)})" if en else f"谁的结论改变（前 {len(moved)} 人）")
    for name in ("Id", "Household", "Place") if en else ("身份证号", "户号", "地点"):
        table.add_column(name, overflow="fold")
    for way in ways:
        table.add_column(way.value, overflow="fold")
    for row_id, resident, _, household, _, community, group, outcome in moved:
        cells = (_outcome(way.changed.get(row_id, outcome), policy, en) for way in ways)
        table.add_row(mask(resident), household, f"{community} {group}", *cells)
    return table


def _outcome(outcome: str, policy: Policy, en: bool) -> str:
    return f"[{COLOURS.get(outcome, 'default')}]{outcome if en else policy.outcomes.get(outcome, outcome)}[/]"
