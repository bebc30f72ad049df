"""`eligibility review sign`, `appeal` and `correct`: acts of persons, entered as events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from eligibility.application.workbench.chosen import choose
from eligibility.application.workbench.opened import acting, check_latest
from eligibility.cli.screen import Screen
from eligibility.model.event import Act, Event
from eligibility.model.resident_id import known_as, mask
from eligibility.review import Answer, Pen, appeal, correct, sign


def sign_cases(
    run_folder: Path,
    pen: Pen,
    persons: Sequence[str],
    community: str,
    file: Path | None,
    *,
    ready_only: bool,
    now: datetime,
    lang: str,
) -> None:
    """Sign a stage for the persons named, all of them or none.

    Raises:
        InputError: the rulebook or the state of a case forbids it; nothing is recorded.

    """
    with acting(run_folder, now) as (desk, writer):
        check_latest(desk)
        choose(desk.con, persons, community, file)
        act = sign(desk.con, desk.policy, pen, desk.batch.seq, ready_only="yes" if ready_only else "")
        (event,) = writer.append(act)
        chosen = desk.con.execute("SELECT count(*) FROM chosen").fetchall()[0][0]
    stage = desk.policy.stages[event.body["stage"]]
    count = len(event.body["cases"])
    word = stage.id if lang == "en" else stage.title
    _say(
        f"已签：{word}，{count} 人，{event.body['by']}（第 {event.seq} 号事件）" + (f"；{chosen - count} 人现在不能签" if chosen > count else ""),
        f"signed: {word}, {count} persons, {event.body['by']} (event {event.seq})" + (f"; {chosen - count} cannot be signed now" if chosen > count else ""),
        lang,
    )  # fmt: skip


def appeal_case(run_folder: Path, person: str, by: str, grounds: str, *, now: datetime, lang: str) -> None:
    """Enter an appeal.

    Raises:
        InputError: nobody of that id was decided, or no grounds are given.

    """
    with acting(run_folder, now) as (desk, writer):
        check_latest(desk)
        act = appeal(desk.con, known_as(person), by, grounds, desk.batch.seq)
        (event,) = writer.append(act)
    _say(*_told(event, "申诉已登记", "appeal entered"), lang)


def correct_case(run_folder: Path, answer: Answer, *, now: datetime, lang: str) -> None:
    """Enter what came of looking into a decision.

    Raises:
        InputError: nobody of that id was decided, no such role, no grounds, or the same person signed the case.

    """
    with acting(run_folder, now) as (desk, writer):
        check_latest(desk)
        act: Act = correct(desk.con, desk.policy, answer, writer.events, desk.batch.seq)
        (event,) = writer.append(act)
    if answer.finding == "wrong":
        _say(*_told(event, "已认定原判定有误；更正卷宗或答复后重新执行 run，由新判定取代", "found wrong; mend the papers and run again: the new decision supersedes"), lang)  # fmt: skip
    else:
        _say(*_told(event, "复查后维持原判定", "the decision stands"), lang)


def _told(event: Event, zh: str, en: str) -> tuple[str, str]:
    person = mask(event.body["person"])
    return f"{zh}：{person}（第 {event.seq} 号事件）", f"{en}: {person} (event {event.seq})"


def _say(zh: str, en: str, lang: str) -> None:
    Screen(soft_wrap=True).print(en if lang == "en" else zh)
