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
from eligibility.review import OpenPlace, Status, standing, status


def show_status(run_folder: Path, today: date, *, lang: str, json: bool) -> None:
    """Print what is open by community, reason and stage, with the age of the oldest question on `today`.

    Raises:
        InputError: no finished run, or its record is missing or not sound.

    """
    with reading(run_folder) as desk:
        answers = standing(desk.events)
        told = status(desk.con, answers, first_asked(desk), today)
        policy = desk.policy
    disagreements = [one for one in answers.values() if one.disagree]
    if json:
        payload = {
            "today": today.isoformat(),
            "communities": [one._asdict() for one in told.communities],
            "reasons": [one._asdict() for one in told.reasons],
            "stages": [one._asdict() for one in told.stages],
            "disagreements": [disagreement(one, lang) for one in disagreements],
        }
        print_json(payload)
        return
    console = Screen()
    _tell(console, told, policy, en=lang == "en")
    for one in disagreements:
        console.print(f"{on('yellow')}{disagreement(one, lang)}{OFF}")


def _tell(console: Console, told: Status, policy: Policy, *, en: bool) -> None:
    console.print(
        _places("By community" if en else "各社区待核", "Community" if en else "社区", told.communities, {}, en=en)
    )
    reasons = {} if en else {code: reason.title for code, reason in policy.reasons.items()}
    console.print(
        _places("By reason" if en else "各原因待核", "Reason" if en else "原因", told.reasons, reasons, en=en)
    )
    console.print(_stages(told, policy, en=en))


def _places(title: str, first: str, places: list[OpenPlace], names: dict[str, str], *, en: bool) -> Table:
    table = Table(title=title)
    table.add_column(first, overflow="fold")
    heads = (
        ("Persons", "Open", "Answered", "Disagree", "Oldest (days)")
        if en
        else ("待核人数", "未答", "已答待重算", "答复不一", "最久（天）")
    )
    for head in heads:
        table.add_column(head, justify="right")
    for one in places:
        numbers = (one.persons, one.open, one.answered, one.disagree, one.oldest_days)
        table.add_row(names.get(one.name, one.name) or "—", *(f"{number:,}" for number in numbers))
    return table


def _stages(told: Status, policy: Policy, *, en: bool) -> Table:
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
    for one in told.stages:
        name = (one.stage if en else policy.stages[one.stage].title) if one.stage else done
        numbers = (one.waiting, one.disagree, one.incomplete, one.in_review, one.contested)
        table.add_row(name, *(f"{number:,}" for number in numbers))
    return table
