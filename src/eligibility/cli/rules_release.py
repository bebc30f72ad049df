"""`eligibility rules release`: a person approves a rulebook after it was checked, proved and tried."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from eligibility.application.release_state import DRAFT, LATER, ReleaseState
from eligibility.cli.screen import print_json, print_plain

if TYPE_CHECKING:
    from eligibility.application.release import ReleaseRequest


def show_release(asked: ReleaseRequest, now: datetime, *, lang: str, json: bool) -> None:
    """Approve and say the state. Raises `InputError` where it must not be approved; nothing is recorded then."""
    from eligibility.application.release import release

    state, wanted = release(asked, now.isoformat(timespec="seconds"))
    if json:
        print_json(state.as_body() | {"persons_wanted": wanted})
        return
    print_plain(state_line(state, asked.rules.name, lang=lang))
    if state.state == DRAFT:
        left = wanted - len(state.by)
        print_plain(f"{left} more must approve it." if lang == "en" else f"还须 {left} 人批准。")


def state_line(state: ReleaseState, name: str, *, lang: str) -> str:
    """The state of a rulebook in one line, as a run says it too."""
    names = (", " if lang == "en" else "、").join(state.by)
    if lang == "en":
        if state.state == DRAFT:
            since = f", edited since the release from {state.edited}" if state.edited else ""
            return f"Rulebook {name}: a draft{since}, approved {f'so far by {names}' if names else 'by nobody'}."
        when = f"only from {state.since}" if state.state == LATER else f"from {state.since}"
        return f"Rulebook {name}: released by {names}, {when}."
    if state.state == DRAFT:
        since = f"，自 {state.edited} 起发布的那一份之后改动过" if state.edited else ""
        return f"规则 {name}：草稿{since}，{f'已有 {names} 批准' if names else '没有人批准过'}。"
    when = f"自 {state.since} 起才施行" if state.state == LATER else f"自 {state.since} 起"
    return f"规则 {name}：已发布，{names} 批准，{when}。"
