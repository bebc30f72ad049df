"""What a person reads when a batch has been decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.table import Table

from eligibility.application.release_state import release_state
from eligibility.application.workbook_process import MOST
from eligibility.cli.rules_release import state_line
from eligibility.cli.screen import OFF, Screen, on
from eligibility.labels.states import EFFECTS
from eligibility.labels.titles import Family, Titles
from eligibility.model.policy import Policy
from eligibility.model.tables import TABLES
from eligibility.reporting.pages.findings_page import finding_meanings

if TYPE_CHECKING:
    from eligibility.application.run import RunRequest
    from eligibility.reporting import Comparison, Summary, UnheededAnswer

WAITS_SHOWN = 8
"""Troubles with papers that the terminal names."""
UNHEEDED_SHOWN = 12
"""Answers that were not used of which the terminal tells one by one."""


def print_summary(found: Summary, policy: Policy, order: RunRequest, *, lang: str) -> None:
    """Persons by outcome and street, reasons for review, what to open next."""
    console = Screen()
    console.print(_by_street(found, policy, lang))
    console.print(_by_reason(found, policy, lang))
    for absent in found.absent:
        console.print(_absent(absent.table, absent.column, absent.persons, lang), style="yellow")
    if found.comparison.lists:
        console.print(_comparison(found.comparison, policy, lang), style="yellow")
    if found.waits:
        console.print(_waits(found, lang))
    if any(one.findings for one in found.findings):
        console.print(_findings(found, lang))
    if found.answers:
        for line in answers_lines(found.answers, found.unheeded, lang):
            console.print(line)
    quarantined = sum(one.findings for one in found.quarantine if not one.kept)
    kept = sum(one.findings for one in found.quarantine if one.kept)
    for line in _closing(found, policy, quarantined, kept, order, lang):
        console.print(line)


def _by_street(found: Summary, policy: Policy, lang: str) -> Table:
    table = Table(title=("Persons by street and outcome" if lang == "en" else "各街道判定结果（人）"))
    table.add_column("Street" if lang == "en" else "街道")
    titles = Titles(policy)
    for outcome in policy.outcomes:
        table.add_column(titles.text(Family.OUTCOME, outcome).in_language(lang), justify="right")
    table.add_column("Total" if lang == "en" else "合计", justify="right")
    for street, counts in found.streets.items():
        table.add_row(street, *(f"{counts[o]:,}" for o in policy.outcomes), f"{sum(counts.values()):,}")
    table.add_section()
    everyone = (f"{found.outcomes[o]:,}" for o in policy.outcomes)
    table.add_row("All" if lang == "en" else "全区", *everyone, f"{found.persons:,}", style="bold")
    return table


def _by_reason(found: Summary, policy: Policy, lang: str) -> Table:
    table = Table(title="Reasons for review" if lang == "en" else "待人工核查的理由（一人可有数项）")
    table.add_column("Reason" if lang == "en" else "理由", overflow="fold")
    table.add_column("Persons" if lang == "en" else "人数", justify="right")
    table.add_column("Settled by" if lang == "en" else "由谁查明", overflow="fold")
    titles = Titles(policy)
    for one in found.reasons:
        bodies = [titles.text(Family.BODY, body).in_language(lang) for body in policy.reasons[one.reason].bodies]
        reason = titles.text(Family.REASON, one.reason).in_language(lang)
        table.add_row(reason, f"{one.persons:,}", (", " if lang == "en" else "、").join(bodies))
    return table


def _waits(found: Summary, lang: str) -> Table:
    """The troubles with papers for which most persons wait; all of them stand in report.html."""
    meanings = finding_meanings()
    table = Table(
        title="Troubles with papers for which persons in review wait"
        if lang == "en"
        else "待核人员所等的材料问题（一人可等数项）"
    )
    table.add_column("Trouble" if lang == "en" else "问题", overflow="fold")
    table.add_column("Places" if lang == "en" else "处数", justify="right")
    table.add_column("Persons" if lang == "en" else "人数", justify="right")
    for one in found.waits[:WAITS_SHOWN]:
        table.add_row(meanings[one.code].in_language(lang), f"{one.places:,}", f"{one.persons:,}")
    return table


_FATE = {
    "conflict": (
        "材料另有说法，该处按不详，交人核查",
        "the papers say otherwise: it is taken as unknown and goes to a person",
    ),
    "unused": ("材料上用不上，问题仍开着", "it fits nothing in the papers, the question stays open"),
}


def answers_lines(counts: Mapping[str, int], unheeded: Sequence[UnheededAnswer], lang: str) -> list[str]:
    """How many answers were used, and each that was not, with the cell in which it was written."""
    en = int(lang == "en")
    parts = [f"{words.in_language(lang)} {counts.get(effect, 0):,}" for effect, words in EFFECTS.items()]
    return [f"Answers: {', '.join(parts)}." if en else f"答复：{'，'.join(parts)}。", *unheeded_lines(unheeded, lang)]


def unheeded_lines(unheeded: Sequence[UnheededAnswer], lang: str) -> list[str]:
    """Each answer that fills nothing, with the cell in which it was written and what comes of it."""
    en, lines = int(lang == "en"), list[str]()
    for one in unheeded[:UNHEEDED_SHOWN]:
        lines.append(f"{on('yellow')}! {one.at.in_language(lang)}  {one.words}\n  → {_FATE[one.effect][en]}{OFF}")
    if len(unheeded) > UNHEEDED_SHOWN:
        more = len(unheeded) - UNHEEDED_SHOWN
        lines.append(f"  {more:,} more" if en else f"  另有 {more:,} 个")
    return lines


def _findings(found: Summary, lang: str) -> str:
    said = [(one.title_en if lang == "en" else one.title, one.findings) for one in found.findings if one.findings]
    if lang == "en":
        return "Approvals against agreements: " + ", ".join(f"{title} {n:,}" for title, n in said) + " (findings.csv)."
    return "批文与协议的核对发现：" + "、".join(f"{title} {n:,}" for title, n in said) + "（见 findings.csv）。"


def _absent(table: str, column: str, persons: int, lang: str) -> str:
    spec = next(spec for spec in TABLES if spec.key == table)
    title = spec.titles[0]
    if lang == "en":
        return f"! missing {'column ' + column + ' of ' if column else 'table '}{table}: {persons:,} persons in review"
    what = f"「{title}」缺列 {column}" if column else f"缺「{title}」表"
    return f"！{what}：其内容一律按不详处理，待核人员 {persons:,} 人"


def _comparison(waiting: Comparison, policy: Policy, lang: str) -> str:
    if lang == "en":
        words = Titles(policy)
        lists = ", ".join(
            f"{column} ({', '.join(words.text(Family.BODY, body).en for body in bodies)})"
            for column, (bodies, _) in waiting.lists.items()
        )
        return f"! not compared with the lists of {lists}: {waiting.persons:,} persons wait, {waiting.alone:,} of them for nothing else"
    titles = {column.key: column.zh for column in TABLES[0].columns}
    names = "、".join(
        f"{titles[column]}（{'、'.join(policy.bodies[body] for body in bodies)}）"
        for column, (bodies, _) in waiting.lists.items()
    )
    return f"！名册未与主管部门的名单比对：{names}；待比对 {waiting.persons:,} 人，其中 {waiting.alone:,} 人只等比对，别无所缺"


def _closing(found: Summary, policy: Policy, quarantined: int, kept: int, order: RunRequest, lang: str) -> list[str]:
    if lang == "en":
        lines = [
            f"{found.persons:,} persons decided by {order.rules.name} as of {order.as_of}; {quarantined:,} rows quarantined, {kept:,} findings on rows that stay.",
            f"Agreement lines not fully certain: {found.unclear_coverage:,}.",
            f"Open next: {order.out / 'report.html'} (overview), {order.out / 'review_queue.xlsx'} (work list), "
            f"{order.out / 'quarantine.csv'} (cells to mend).",
        ]
    else:
        lines = [
            f"已按 {order.rules.name} 判定 {found.persons:,} 人，审核日 {order.as_of}；隔离 {quarantined:,} 行，另有 {kept:,} 处留用但需更正。",
            f"征收面积未能全部确认的协议 {found.unclear_coverage:,} 条。",
            f"下一步：{order.out / 'report.html'}（总览）、{order.out / 'review_queue.xlsx'}（核查清单）、"
            f"{order.out / 'quarantine.csv'}（待更正的单元格）。",
        ]
    lines.insert(1, state_line(release_state(order.rules, policy), order.rules.name, lang=lang))
    if not order.workbooks and found.persons > MOST:
        lines.append("未写出工作簿（超过十万人），需要时加 --workbooks / workbooks not written, add --workbooks")
    return lines
