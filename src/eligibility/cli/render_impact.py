"""What a person reads of a comparison: the matrix, streets, clauses, reasons; or the table of assumed numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.table import Table

from eligibility.application.what_if import Redecided
from eligibility.cli.rules_diff import difference_table
from eligibility.cli.rules_impact_assumed import Tried
from eligibility.cli.screen import OFF, Screen, on
from eligibility.labels.states import KNOWN
from eligibility.model.policy import Policy
from eligibility.model.truth import Truth
from eligibility.reporting.impact import Impact, Turn
from eligibility.reporting.pages.impact_words import DEPTHS, MARKS, reason_title
from eligibility.rulebook.difference import Difference

COLOURS = {"eligible": "green", "register": "blue", "manual_review": "yellow", "not_eligible": "red"}


def tell_impact(
    counts: Impact, said: Sequence[Difference], done: Redecided, seconds: float, out: Path | None, *, lang: str
) -> None:
    """Print the comparison: what the rulebooks say differently, then who is decided differently."""
    console = Screen()
    en = lang == "en"
    if said:
        console.print(difference_table(said, lang=lang))
    else:
        console.print("The two rulebooks say the same." if en else "两份规则内容相同。")
    if counts.changed:
        for table in (_matrix(counts, en), _streets(counts, en), _clauses(counts, en), _reasons(counts, en)):
            console.print(table)
    for line in _closing(counts, done, seconds, out, en):
        console.print(line)


def tell_assumed(table: Sequence[Tried], old: Policy, *, lang: str) -> None:
    """Print how many persons hang on each assumed or unset number."""
    en = lang == "en"
    word = "en" if en else "zh"
    title = "What hangs on each number not read in the law" if en else "未见原文的数值，各牵动多少人"
    shown = Table(title=title, show_lines=True)
    for name, ratio in zip(("Number", "Now → tried") if en else ("参数", "现值 → 试设"), (4, 4), strict=True):
        shown.add_column(name, overflow="fold", ratio=ratio)
    shown.add_column("Persons" if en else "改变", justify="right")
    shown.add_column("From → to" if en else "由 → 至", no_wrap=True)
    for line in table:
        if line.counts is None:
            none = "no alternative" if en else "没有列出可试的值"
            shown.add_row(_number(line, en), line.present.in_language(word), "—", f"{on('dim')}{none}{OFF}")
            continue
        turns = "\n".join(f"{_turn(turn, old, en)} {n:,}" for turn, n in line.counts.turns.items())
        values = f"{line.present.in_language(word)} → {line.value.in_language(word)}"
        shown.add_row(_number(line, en), values, f"{on('bold')}{line.counts.changed:,}{OFF}", turns or "—")
    Screen().print(shown)


def _number(line: Tried, en: bool) -> str:
    if line.parameter is None:
        return "(the rulebook as written)" if en else "（规则按现有写法）"
    status = KNOWN[line.status].in_language("en" if en else "zh")
    return f"{line.parameter.id if en else line.parameter.title}（{status}）"


def _matrix(counts: Impact, en: bool) -> Table:
    outcomes = list(counts.new.outcomes)
    table = Table(
        title="Persons: decided (down) → would be decided (across)" if en else "原结论（行）→ 新结论（列），人"
    )
    table.add_column("")
    for outcome in outcomes:
        table.add_column(_outcome(outcome, counts.new, en), justify="right")
    for before in counts.old.outcomes:
        cells = [_cell(counts.matrix.get((before, after), 0), before == after) for after in outcomes]
        table.add_row(_outcome(before, counts.old, en), *cells)
    return table


def _cell(persons: int, same: bool) -> str:
    return "·" if not persons else f"{on('dim')}{persons:,}{OFF}" if same else f"{on('bold')}{persons:,}{OFF}"


def _streets(counts: Impact, en: bool) -> Table:
    table = Table(title="By street" if en else "各街道改变结论的人")
    table.add_column("Street" if en else "街道", no_wrap=True)
    for turn in counts.turns:
        table.add_column(_turn(turn, counts.old, en), justify="right", overflow="fold")
    table.add_column("Total" if en else "合计", justify="right")
    for street, turns in counts.streets.items():
        cells = (f"{turns.get(turn, 0):,}" for turn in counts.turns)
        table.add_row(street, *cells, f"{on('bold')}{sum(turns.values()):,}{OFF}")
    return table


def _clauses(counts: Impact, en: bool) -> Table:
    table = Table(title="By clause: what turned" if en else "因哪些条款（一人可有数条）")
    for name in ("Clause", "Was", "Becomes") if en else ("条款", "原为", "变为"):
        table.add_column(name, overflow="fold")
    table.add_column("Persons" if en else "人数", justify="right")
    for one in counts.clauses:
        clause = counts.new.clauses.get(one.clause) or counts.old.clauses[one.clause]
        title = one.clause if en else clause.title
        table.add_row(title, _mark(one.before, en), _mark(one.after, en), f"{one.persons:,}")
    return table


def _reasons(counts: Impact, en: bool) -> Table:
    table = Table(title="By reason" if en else "理由的增减（结论改变者）")
    table.add_column("Reason" if en else "理由", overflow="fold")
    table.add_column("Falls away" if en else "不再有", justify="right")
    table.add_column("New" if en else "新增", justify="right")
    for one in counts.reasons:
        title = one.reason if en else reason_title(one.reason, counts)
        table.add_row(title, f"{one.before:,}", f"{one.after:,}")
    return table


def _closing(counts: Impact, done: Redecided, seconds: float, out: Path | None, en: bool) -> Iterator[str]:
    how = DEPTHS[done.depth.name].in_language("en" if en else "zh")
    if en:
        yield f"{on('bold')}{counts.changed:,}{OFF} of {counts.persons:,} persons would be decided differently."
        yield f"{counts.reasons_only:,} more keep their outcome for other reasons."
        yield f"Decided again {how}: {done.profiles:,} profiles; {seconds:.1f} s."
    else:
        yield f"{counts.persons:,} 人中，{on('bold')}{counts.changed:,}{OFF} 人结论改变；另有 {counts.reasons_only:,} 人结论不变、理由改变。"
        yield f"{how}；重新裁定 {done.profiles:,} 类；用时 {seconds:.1f} 秒。"
    if out:
        yield ("Open next: " if en else "下一步：") + f"{out / 'impact.html'}, {out / 'impact.xlsx'}"


def _turn(turn: Turn, policy: Policy, en: bool) -> str:
    return "→".join(_outcome(outcome, policy, en) for outcome in turn)


def _outcome(outcome: str, policy: Policy, en: bool) -> str:
    word = outcome if en else policy.outcomes.get(outcome, outcome)
    return f"{on(COLOURS.get(outcome, 'default'))}{word}{OFF}"


def _mark(mark: Truth | None, en: bool) -> str:
    return MARKS[mark].in_language("en" if en else "zh")
