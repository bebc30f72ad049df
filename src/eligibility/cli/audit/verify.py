"""`eligibility audit verify` and `audit seal`: is the record as it was written, and the digest to publish elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eligibility.application.record.place import record_of
from eligibility.application.record.verify import Verified
from eligibility.application.record.verify import verify as verified
from eligibility.application.release_state import ReleaseState
from eligibility.audit import seal_of
from eligibility.audit.seal import LIMITS
from eligibility.cli.rules_release import state_line
from eligibility.cli.screen import OFF, Screen, on, print_json
from eligibility.model.diagnostic import Bilingual


def verify(run_folder: Path, seal: str | None, *, lang: str, json: bool) -> None:
    """Print whether log, kept files and run folder are as recorded.

    Raises:
        InputError: they are not; one finding for each event or file that is wrong.

    """
    found = verified(run_folder, seal)
    if json:
        told = {name: value for name, value in asdict(found).items() if name != "log"}
        print_json(told)
        return
    _tell(found, seal, lang)


def seal(run_folder: Path, *, lang: str, json: bool) -> None:
    """Print the seal of a sound record, and what it cannot prove.

    Raises:
        InputError: the record is not sound; a broken log is not sealed.

    """
    events = record_of(run_folder).log.events()
    made = seal_of(events)
    if json:
        told = {"seal": made, "events": len(events), "at": events[-1].at, "cannot_prove": LIMITS.in_language(lang)}
        print_json(told)
        return
    console = Screen(soft_wrap=True)
    console.print(f"{on('bold')}{made}{OFF}")
    console.print(LIMITS.in_language(lang))


def _tell(found: Verified, seal: str | None, lang: str) -> None:
    console = Screen(soft_wrap=True)
    en = lang == "en"
    if found.torn_bytes:
        console.print(_torn(found.torn_bytes, en), style="yellow")
    if en:
        console.print(
            f"{found.events} events, chained and unchanged; every kept file and every file of the run is as recorded."
        )
        console.print("The log goes on from the published seal." if seal else _unsealed(en))
    else:
        console.print(f"共 {found.events} 条事件，首尾相接，未被改动；所存文件与结果目录中的每个文件均与记录一致。")
        console.print("日志承接所给的封签。" if seal else _unsealed(en))
    if found.release is not None:
        console.print(_release(found.release, lang))
    if found.unvouched:
        console.print(_foreign(found.unvouched, en), style="yellow")
    console.print(_NOT_VOUCHED.in_language(lang), style="dim")
    console.print(f"{found.log}", style="dim")


_NOT_VOUCHED = Bilingual(
    "manifest.json 中的用时（seconds）不在记录之内。", "Of manifest.json the times (seconds) are not recorded."
)
_SHOWN = 20


def _release(body: Mapping[str, Any], lang: str) -> str:
    state = ReleaseState(
        body["state"], tuple(body["by"]), tuple(body["grounds"]), body["from"], body["event"], body.get("edited", "")
    )
    return state_line(state, "（判定所用的）" if lang != "en" else "of the batch", lang=lang)


def _foreign(names: Sequence[str], en: bool) -> str:
    shown = [*names[:_SHOWN], *(["…"] if len(names) > _SHOWN else [])]
    if en:
        return f"! {len(names)} files in the run folder are none of the run; the record does not vouch for them: {', '.join(shown)}"
    return f"！结果目录中有 {len(names)} 个文件不是判定写出的，记录不为其作证：{'、'.join(shown)}"


def _torn(count: int, en: bool) -> str:
    if en:
        return f"! A write was cut short at the end ({count} bytes): it was never acknowledged; the next write puts it aside."
    return f"！末尾有一次写入中断（{count} 字节）：该事件从未确认成功，下次写入时自动另存并继续。"


def _unsealed(en: bool) -> str:
    if en:
        return "A cut tail or a rewritten log shows only against a seal published elsewhere: audit verify --seal."
    return "尾部被截去或整体重写，只有对照别处公布的封签才看得出来：audit verify --seal 封签。"
