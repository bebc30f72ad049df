"""`eligibility audit replay`: decide a recorded batch again from what was kept of it, and compare bit for bit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eligibility.application.record.replay import Replayed
from eligibility.application.record.replay import replay as decided_again
from eligibility.cli.progress import shown
from eligibility.cli.screen import Screen, print_json
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation


def replay(run_folder: Path, event: int | None, *, lang: str, json: bool) -> None:
    """Decide the batch of a run again, or that of an earlier event, and print what is the same.

    Raises:
        InputError: something that was kept is missing or changed, or the tables come out otherwise.

    """
    with shown(lang) as progress:
        done = decided_again(run_folder, event, progress)
    if json:
        print_json(_payload(done))
    else:
        _tell(done, lang)
    if done.different:
        raise InputError(_differs(done))


def _payload(done: Replayed) -> dict[str, Any]:
    return {
        "event": done.batch.seq,
        "same": list(done.same),
        "different": list(done.different),
        "persons_different": len(done.persons),
        "program_changed": list(done.program),
    }


def _tell(done: Replayed, lang: str) -> None:
    console = Screen(soft_wrap=True)
    en = lang == "en"
    if done.program:
        word = "! The program is not the one that decided: " if en else "！现在的程序不是当时判定的程序："
        console.print(word + "；".join(done.program), style="yellow")
    same = ("、" if not en else ", ").join(done.same)
    if en:
        console.print(
            f"Event {done.batch.seq} of {done.batch.at} decided again: {len(done.same)} tables the same bit for bit ({same})."
        )
    else:
        console.print(
            f"第 {done.batch.seq} 号事件（{done.batch.at}）重新判定：{len(done.same)} 个数据表逐位相同（{same}）。"
        )


def _differs(done: Replayed) -> Diagnostic:
    tables = "、".join(done.different)
    cause = (
        Bilingual("程序与当时不同，见上", "the program is another one, see above")
        if done.program
        else Bilingual("程序与材料均未变，请交维护者", "program and papers are unchanged: tell the maintainers")
    )
    problem = Bilingual(
        f"重新判定的结果不同：{tables}；{len(done.persons)} 人的判定不同",
        f"decided otherwise: {tables.replace('、', ', ')}; {len(done.persons)} persons differ",
    )
    return Diagnostic("replay_differs", SourceLocation(f"events.jsonl #{done.batch.seq}"), problem, cause)
