"""A seal: the number and hash of the last event, short enough to publish elsewhere, and what it cannot prove."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.event import Event

_DIGITS = 40
"""Hexadecimal digits of a seal: 160 bits, so that nobody finds a second log of the same seal."""

LIMITS = Bilingual(
    "封签须公布在本机构改不到的地方（公报、上级机关、对方当事人手里），否则什么也证明不了：日志的尾部被截去、整个日志被重写，"
    "只有与别处公布的封签对照才看得出来。封签不证明所记为真，不证明签名的人是本人，也不证明封签之后没有再发生别的事。",
    "Publish the seal where this office cannot change it (a gazette, the office above, the other party), or it proves "
    "nothing: a cut tail or a rewritten log shows only against a seal published elsewhere. A seal does not prove that what "
    "was recorded is true, nor that the person who signed was that person, nor that nothing happened after it.",
)
"""What a seal cannot prove, for those who rely on one."""


def seal_of(events: Sequence[Event]) -> str:
    """The seal of a log: `<number of events>-<five groups of eight hex digits>`.

    Raises:
        InputError: there is nothing to seal.

    """
    if not events:
        problem = Bilingual("记录中还没有事件", "the record holds no event yet")
        raise InputError(
            Diagnostic(
                "nothing_to_seal",
                SourceLocation("events.jsonl"),
                problem,
                Bilingual("先执行一次判定", "run a batch first"),
            )
        )
    return f"{events[-1].seq}-{_grouped(events[-1].hash)}"


def check_seal(seal: str, events: Sequence[Event]) -> Diagnostic | None:
    """What a sound log has against a seal; None where the log goes on from it.

    Raises:
        InputError: the text is no seal.

    """
    read = re.fullmatch(r"(\d+)-((?:[0-9a-f]{8}-?){5})", seal.strip().lower())
    if read is None:
        problem = Bilingual(f"“{seal}”不是封签", f"“{seal}” is no seal")
        remedy = Bilingual(
            "封签形如 57-1a2b3c4d-…（五组八位）", "a seal looks like 57-1a2b3c4d-… (five groups of eight)"
        )
        raise InputError(Diagnostic("bad_seal", SourceLocation("--seal"), problem, remedy))
    number, said = int(read[1]), read[2].replace("-", "")
    if number > len(events) or number == 0:
        return _cut(number, len(events))
    return None if events[number - 1].hash.startswith(said) else _rewritten(number)


def _grouped(digits: str) -> str:
    return "-".join(digits[start : start + 8] for start in range(0, _DIGITS, 8))


def _cut(number: int, there: int) -> Diagnostic:
    problem = Bilingual(
        f"封签时有 {number} 条事件，现在只有 {there} 条：日志的尾部被截去",
        f"{number} events were sealed, {there} are there: the tail of the log was cut off",
    )
    return Diagnostic("tail_cut", SourceLocation("events.jsonl"), problem, _REMEDY)


def _rewritten(number: int) -> Diagnostic:
    problem = Bilingual(
        f"第 {number} 号事件与封签不符：至此的日志被重写，或封签属于另一份日志",
        f"event {number} is not the sealed one: the log up to it was rewritten, or the seal is of another log",
    )
    return Diagnostic("log_rewritten", SourceLocation("events.jsonl"), problem, _REMEDY)


_REMEDY = Bilingual(
    "核对封签；用封签当时的副本恢复并追查", "compare the seal; restore the copy of that day and investigate"
)
