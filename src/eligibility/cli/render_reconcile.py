"""`eligibility reconcile list`, `show` and `explain`: on the terminal, as JSON, as pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from eligibility.application.saved_runs import open_run
from eligibility.cli.screen import OFF, Screen, on, print_json, print_plain
from eligibility.labels.states import CERTAINTIES, COVERAGE
from eligibility.labels.values import mu, span
from eligibility.model.diagnostic import Bilingual
from eligibility.model.visible import visible
from eligibility.reconcile.component import (
    ComponentRow,
    LineExplanation,
    Rival,
    component_of,
    list_components,
)
from eligibility.reconcile.component import explain_agreement as tell_agreement
from eligibility.reconcile.component.graphml import write_graphml
from eligibility.reconcile.evidence_items import ITEMS
from eligibility.reporting.picture import component_page, words
from eligibility.store.folders import atomic_file

SHOWN = 20
"""Components listed unless all are asked for."""


def print_components(folder: Path, *, every: bool, lang: str, json: bool) -> None:
    """List the components in which something is not certain, the most doubtful area first.

    Raises:
        InputError: no finished run.

    """
    con, _ = open_run(folder)
    with con:
        found = list_components(con)
    chosen = found if every else [one for one in found if one.uncertain]
    if json:
        _print_json({"components": [_listed(one) for one in chosen], "of": len(found)})
        return
    console, en = Screen(), lang == "en"
    heads = ("No", "Communities", "Agreements", "Approvals", "Links", "Possible", "Open (mu)") if en else (
        "编号", "社区", "协议", "批文", "对应", "其中可能", "未定（亩）")  # fmt: skip
    table = Table(title="Components worth a look" if en else "值得一看的关联组")
    for place, head in enumerate(heads):
        table.add_column(head, justify="left" if place == 1 else "right", overflow="fold")
    for one in chosen if every else chosen[:SHOWN]:
        counts = (one.agreements, one.approvals, one.links, one.possible)
        table.add_row(str(one.component), one.communities, *map(str, counts), mu(one.open_umu))
    console.print(table)
    hidden = 0 if every else max(0, len(chosen) - SHOWN)
    rest = len(found) - len(chosen)
    if en:
        console.print(
            f"{hidden} more in doubt, {rest} entirely certain (--all). Next: eligibility reconcile show NO --run {folder}"
        )
    else:
        console.print(
            f"另有 {hidden} 组存疑、{rest} 组全部确定（--all）。下一步：eligibility reconcile show 编号 --run {folder}"
        )


def draw_component(wanted: str, folder: Path, out: Path, *, lang: str) -> None:
    """Write the component as page and GraphML into `out`.

    Raises:
        InputError: no finished run, nothing of that name, or `out` cannot be written.

    """
    con, _ = open_run(folder)
    with con:
        component = component_of(con, wanted)
    name = "component-" + "".join(mark if mark.isalnum() or mark in "-_" else "_" for mark in component.name)
    page = component_page(component, lang)
    written = [out / f"{name}.{ending}" for ending in ("html", "graphml")]
    with atomic_file(written[0]) as path:
        path.write_text(visible(page), encoding="utf-8")
    with atomic_file(written[1]) as path:
        write_graphml(component, path)
    counts = len(component.approvals), len(component.agreements), len(component.links)
    said = (
        Bilingual("批文 {} 个，协议 {} 条，对应 {} 对", "{} approvals, {} agreement lines, {} links")
        .in_language(lang)
        .format(*counts)
    )
    print_plain("\n".join([said, *map(str, written)]))


def explain_agreement(wanted: str, folder: Path, *, lang: str, json: bool) -> None:
    """Print why the agreement is matched as it is: the evidence of each rival, and what would make it certain.

    Raises:
        InputError: no finished run, or no such agreement.

    """
    con, policy = open_run(folder)
    with con:
        stories = tell_agreement(con, policy, wanted)
    if json:
        _print_json({"agreement_no": stories[0].line.no, "lines": [_story(one) for one in stories]})
        return
    console = Screen()
    for one in stories:
        _print_story(console, one, lang)


def _print_story(console: Console, told: LineExplanation, lang: str) -> None:
    line, en = told.line, lang == "en"
    status, unit = COVERAGE[told.status].in_language(lang), "mu" if en else "亩"
    covered = span(told.least_micro_mu, told.most_micro_mu)
    console.print(
        f"{on('bold')}{line.no}{OFF} {told.place} {words.kind(line.kind, lang)} {words.land_class(line.land_class, lang)}"
    )
    said = (
        f"  {mu(line.area)} {unit}; covered {covered} ({status}); cites {line.cited or '—'}; project {line.project or '—'}"
        if en
        else f"  {mu(line.area)} {unit}，可认定 {covered}（{status}）；引用批文 {line.cited or '—'}；项目 {line.project or '—'}"
    )
    console.print(said)
    for rival in told.rivals:
        _print_rival(console, rival, lang)
    if not told.rivals:
        console.print("  " + words.NONE.in_language(lang), style="red")
    if told.equal_areas > 1:
        alike = (
            "{} approvals hold the same area: area does not tell them apart"
            if en
            else "面积一致的批文有 {} 个，面积不能区分"
        )
        console.print("  ! " + alike.format(told.equal_areas), style="yellow")
    for finding in told.findings:
        console.print("  ! " + finding.in_language(lang), style="yellow")
    if told.steps:
        console.print(f"  {on('bold')}" + ("What would make it certain" if en else "怎样才能确定") + OFF)
    for step in told.steps:
        console.print("    → " + step.in_language(lang))


def _print_rival(console: Console, rival: Rival, lang: str) -> None:
    """One approval with its waterfall: each item adds its weight, the last line is the score."""
    given, unit = rival.approval, "mu" if lang == "en" else "亩"
    table = Table(title=None, show_header=False, box=None, padding=(0, 2))
    for justify in ("right", "left", "right", "left"):
        table.add_column(justify=justify)
    running = 0
    for name, weight in sorted(rival.evidence.items, key=lambda one: (-one[1], one[0])):
        before, running = running, running + weight
        table.add_row(f"{weight:+d}", ITEMS[name].title.in_language(lang), str(running), _bar(before, running))
    area = f"{span(rival.least_micro_mu, rival.most_micro_mu)} / {mu(rival.area_umu)} {unit}"
    day = words.days(given.approved_from, given.approved_to, lang)
    certainty = CERTAINTIES.get(rival.certainty, CERTAINTIES["excluded"]).in_language(lang)
    by = ("judged by " if lang == "en" else "判定人：") + rival.judged_by if rival.judged_by else ""
    named = "  ".join(text for text in (given.project or given.batch, by) if text)
    console.print(f"  {on('bold')}{given.no}{OFF}  {certainty}  {area}  {day}  {named}")
    console.print(table)


def _bar(before: int, after: int) -> str:
    """The step from one sum to the next, on a line that starts at the lowest sum that evidence can reach."""
    low, high = sorted((before, after))
    start = max(0, low + _ROOM)
    colour = "green" if after >= before else "red"
    return " " * start + f"{on(colour)}" + "█" * (high - low) + "{OFF}"


_ROOM = 12


def _listed(one: ComponentRow) -> dict[str, Any]:
    told = one._asdict()
    return {
        name.replace("_umu", "_mu"): value / 1e6 if name.endswith("_umu") else value for name, value in told.items()
    }


def _story(one: LineExplanation) -> dict[str, Any]:
    line = one.line
    return {
        "agreement_no": line.no,
        "land_class": line.land_class,
        "place": one.place,
        "kind": line.kind,
        "project": line.project,
        "cited_approval_no": line.cited,
        "area_mu": line.area / 1e6,
        "covered_mu_min": one.least_micro_mu / 1e6,
        "covered_mu_max": one.most_micro_mu / 1e6,
        "status": one.status,
        "rivals": [_rival(rival) for rival in one.rivals],
        "equal_areas": one.equal_areas,
        "findings": [{"zh": text.zh, "en": text.en} for text in one.findings],
        "to_make_certain": [{"zh": text.zh, "en": text.en} for text in one.steps],
    }


def _rival(rival: Rival) -> dict[str, Any]:
    given = rival.approval
    return {
        "approval_no": given.no,
        "certainty": rival.certainty,
        "approved_from": given.approved_from.isoformat(),
        "approved_to": given.approved_to.isoformat(),
        "project": given.project,
        "area_mu_min": rival.least_micro_mu / 1e6,
        "area_mu_max": rival.most_micro_mu / 1e6,
        "parcels_mu": rival.area_umu / 1e6,
        "score": rival.evidence.score,
        "judged_by": rival.judged_by,
        "evidence": [
            {"item": name, "weight": weight, "title": ITEMS[name].title.zh, "title_en": ITEMS[name].title.en}
            for name, weight in rival.evidence.items
        ],
    }


def _print_json(payload: dict[str, Any]) -> None:
    print_json(payload)
