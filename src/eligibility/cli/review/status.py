"""`eligibility review status`: what is open, and how old."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from eligibility.application.workbench.asked import first_asked
from eligibility.application.workbench.opened import reading
from eligibility.cli.review.importing import disagreement
from eligibility.cli.screen import OFF, Screen, on, print_json
from eligibility.model.policy import Policy
from eligibility.review import BatchCount, OpenPlace, ReviewerCount, Status, by_batch, by_reviewer, standing, status


def show_status(run_folder: Path, today: date, *, lang: str, json: bool) -> None:
    """Print what is open by community, reason and stage, with the age of the oldest question on `today`.

    Raises:
        InputError: no finished run, or its record is missing or not sound.

    """
    with reading(run_folder) as opened:
        answers = standing(opened.events)
        counts = status(opened.con, answers, first_asked(opened), today)
        policy = opened.policy
        batches, people = by_batch(opened.events), by_reviewer(opened.events)
    disagreements = [one for one in answers.values() if one.disagree]
    if json:
        payload = {
            "today": today.isoformat(),
            "streets": [one._asdict() for one in counts.streets],
            "communities": [one._asdict() for one in counts.communities],
            "bodies": [one._asdict() for one in counts.bodies],
            "reviewers": [one._asdict() for one in people],
            "batches": [one._asdict() for one in batches],
            "reasons": [one._asdict() for one in counts.reasons],
            "stages": [one._asdict() for one in counts.stages],
            "disagreements": [disagreement(one, lang) for one in disagreements],
        }
        print_json(payload)
        return
    console = Screen()
    _tell(console, counts, policy, en=lang == "en")
    if people:
        console.print(_reviewers(people, en=lang == "en"))
    console.print(_batches(batches, policy, en=lang == "en"))
    for one in disagreements:
        console.print(f"{on('yellow')}{disagreement(one, lang)}{OFF}")


def _tell(console: Console, counts: Status, policy: Policy, *, en: bool) -> None:
    console.print(_places("By street" if en else "各街道待核", "Street" if en else "街道", counts.streets, {}, en=en))
    console.print(
        _places("By community" if en else "各社区待核", "Community" if en else "社区", counts.communities, {}, en=en)
    )
    reasons = {} if en else {code: reason.title for code, reason in policy.reasons.items()}
    console.print(
        _places("By reason" if en else "各原因待核", "Reason" if en else "原因", counts.reasons, reasons, en=en)
    )
    bodies = {} if en else policy.bodies
    console.print(_places("By body" if en else "各单位待答", "Body" if en else "单位", counts.bodies, bodies, en=en))
    console.print(_stages(counts, policy, en=en))


def _reviewers(people: list[ReviewerCount], *, en: bool) -> Table:
    table = Table(title="By reviewer" if en else "各经办")
    for head in (
        ("Name", "Answers", "Cases signed", "Last act") if en else ("姓名", "答复（个）", "签字（件）", "最近一次")
    ):
        table.add_column(head, justify="left" if head in ("Name", "姓名", "Last act", "最近一次") else "right")
    for one in people:
        table.add_row(one.name, f"{one.answers:,}", f"{one.signed:,}", one.last)
    return table


def _batches(batches: list[BatchCount], policy: Policy, *, en: bool) -> Table:
    """Every decision of the district, one below the other: what the answers between them settled."""
    table = Table(title="Batch by batch" if en else "逐次判定（人）")
    table.add_column("Day" if en else "日期")
    for outcome, title in policy.outcomes.items():
        table.add_column(outcome if en else title, justify="right")
    for head in ("Answers since", "Signed since") if en else ("其后答复（个）", "其后签字（件）"):
        table.add_column(head, justify="right")
    for one in batches:
        counts = (f"{one.outcomes.get(outcome, 0):,}" for outcome in policy.outcomes)
        table.add_row(one.day, *counts, f"{one.answers:,}", f"{one.signed:,}")
    return table


def _places(title: str, first: str, places: list[OpenPlace], names: dict[str, str], *, en: bool) -> Table:
    table = Table(title=title)
    table.add_column(first, overflow="fold")
    heads = (
        ("Persons", "Questions open", "answered", "disagree", "Oldest (days)")
        if en
        else ("待核人数", "问题未答", "已答待重算", "答复不一", "最久（天）")
    )
    for head in heads:
        table.add_column(head, justify="right")
    for one in places:
        numbers = (one.persons, one.open, one.answered, one.disagree, one.oldest_days)
        table.add_row(names.get(one.name, one.name) or "—", *(f"{number:,}" for number in numbers))
    return table


def _stages(counts: Status, policy: Policy, *, en: bool) -> Table:
    table = Table(title="By stage (first one not complete)" if en else "各环节（停在哪一环节）")
    table.add_column("Stage" if en else "环节", overflow="fold")
    heads = (
        ("Waiting", "Disagree", "Incomplete", "of these in review", "Appeals")
        if en
        else ("待签", "不同意", "待补", "其中待人工核查", "申诉更正未结")
    )
    for head in heads:
        table.add_column(head, justify="right")
    done = "complete" if en else "全部完成"
    for one in counts.stages:
        name = (one.stage if en else policy.stages[one.stage].title) if one.stage else done
        numbers = (one.waiting, one.disagree, one.incomplete, one.in_review, one.contested)
        table.add_row(name, *(f"{number:,}" for number in numbers))
    return table
