"""An explanation on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eligibility.adjudicate.explain import Explanation
from eligibility.adjudicate.values import WORDS
from eligibility.domain.policy import Policy
from eligibility.domain.tables import TABLES

MARKS = {"proven": ("[green]成立[/]", "[green]proven[/]"), "refuted": ("[red]不成立[/]", "[red]refuted[/]"),
         "open": ("[yellow]待核[/]", "[yellow]open[/]")}  # fmt: skip
STATUS = {"seen": ("见原文", "seen"), "assumed": ("推定", "assumed"), "unset": ("未定", "unset")}


def tell(told: Explanation, policy: Policy, *, lang: str) -> None:
    """Print outcome, reasons, clauses with marks and citations, facts as ranges, papers, and what would settle it."""
    console = Console(highlight=False)
    en = lang == "en"
    if told.resident_id:
        console.print(f"{told.resident_id}  {told.name}  {told.community}{told.group}  {told.household_id}")
    word = told.outcome if en else told.outcome_title
    console.print(f"[bold]{'Outcome' if en else '结论'}：{word}[/]  {told.regime} {told.as_of}  {told.profile_id}")
    for reason in told.reasons:
        papers = "、".join(reason.documents)
        bodies = "、".join(reason.bodies)
        more = f"：{papers}（{bodies}）" if papers else ""
        console.print(f"  · {reason.title} [dim]{reason.code}[/]{more}")
    for regime in told.try_regimes:
        basis = f"{regime.instrument} {regime.article}（{STATUS[regime.status][en]}）"
        console.print(f"  → {'Rulebook to try' if en else '可试用的规则'}：{regime.id} {regime.title}  [dim]{basis}[/]")
    if told.assumed_parameters:
        titles = "、".join(policy.parameters[code].title for code in told.assumed_parameters)
        console.print(f"  {'Rests on assumed' if en else '依据推定参数'}：{titles}")
    console.print(_clauses(told, en))
    console.print(_facts(told, en))
    if told.papers:
        console.print(_papers(told, en))
    _settlements(console, told, policy, en)


def _clauses(told: Explanation, en: bool) -> Table:
    table = Table(title="Clauses" if en else "条款")
    for title in ("Clause", "Mark", "Citation") if en else ("条款", "结论", "依据"):
        table.add_column(title, overflow="fold")
    for clause in told.clauses:
        quote = f"“{clause.quote}”" if clause.quote else ""
        law = f"{clause.instrument} {clause.article} {quote}（{STATUS[clause.status][en]}）"
        table.add_row(f"{clause.title} [dim]{clause.id}[/]", MARKS[clause.mark][en], law)
    return table


def _facts(told: Explanation, en: bool) -> Table:
    table = Table(title="Facts (ranges)" if en else "事实（范围）")
    for title in ("Fact", "Value", "Confirmed by") if en else ("事实", "值", "由谁确认"):
        table.add_column(title, overflow="fold")
    for fact in told.facts:
        if not fact.id.startswith("gap_"):
            table.add_row(f"{fact.title} [dim]{fact.id}[/]", fact.says, fact.confirmed_by)
    return table


def _papers(told: Explanation, en: bool) -> Table:
    titles = {table.key: table.titles[0] for table in TABLES} | {"answers": "核查答复"}
    table = Table(title="Papers" if en else "所据材料")
    for title in ("Paper", "Place", "Says") if en else ("材料", "位置", "内容"):
        table.add_column(title, overflow="fold")
    for paper in told.papers:
        sheet = f"[{paper.sheet}] " if paper.sheet else ""
        place = f"{paper.file} {sheet}row {paper.row}" if en else f"{paper.file} {sheet}第{paper.row}行"
        table.add_row(
            paper.table if en else titles[paper.table], place, escape(paper.says if en else _worded(paper.says))
        )
    return table


def _worded(says: str) -> str:
    """Keys of enumerations as the Chinese words of the papers."""
    return " ".join(WORDS.get(part, part) for part in says.split(" "))


def _settlements(console: Console, told: Explanation, policy: Policy, en: bool) -> None:
    if told.settlements:
        console.print("[bold]What would settle it[/]" if en else "[bold]补齐什么即可定案[/]")
    for one in told.settlements:
        outcome = one.outcome if en else policy.outcomes[one.outcome]
        clauses = "、".join(policy.clauses[clause].title for clause in one.clauses)
        mark = MARKS[one.answer][en]
        papers = "、".join(one.documents) or "—"
        console.print(f"  → {outcome}：{clauses} {mark}。{papers}（{'、'.join(one.bodies)}）")
