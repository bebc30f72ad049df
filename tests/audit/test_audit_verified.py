"""A log with a verified head: quick where nobody touched it, and whole wherever somebody did."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from eligibility.audit import Log, VerifiedLog, examine
from eligibility.audit import log as log_module
from eligibility.model.diagnostic import InputError
from eligibility.model.event import Act, Kind

AT = "2026-03-01T09:00:00+08:00"


@pytest.fixture
def log(tmp_path: Path) -> Log:
    made = Log(tmp_path / "events.jsonl")
    with made.writing(AT) as writer:
        writer.append(*(Act(Kind.APPEALED, {"n": number}) for number in range(20)))
    return made


def append(log: Log | VerifiedLog, number: int) -> None:
    with log.writing(AT) as writer:
        writer.append(Act(Kind.APPEALED, {"n": number}))


def test_its_own_acts_are_not_verified_again(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    verified = VerifiedLog(log)
    verified.events()
    counted: list[int] = []
    monkeypatch.setattr(log_module, "examine", lambda data, name: counted.append(1) or examine(data, name))
    for number in range(5):
        append(verified, number)
        assert len(verified.events()) == 21 + number
    assert not counted
    assert [event.seq for event in Log(log.path).events()] == list(range(1, 26))
    verified.forget()
    assert len(verified.events()) == 25
    assert counted


def test_what_another_process_appended_is_taken_in(log: Log) -> None:
    verified = VerifiedLog(log)
    verified.events()
    append(log, 100)
    assert len(verified.events()) == 21
    append(log, 101)
    append(verified, 102)
    assert [event.body["n"] for event in verified.events()][-3:] == [100, 101, 102]
    assert len(log.events()) == 23


@pytest.mark.parametrize("place", [0.1, 0.5, 0.99])
def test_a_changed_byte_is_seen_by_the_next_look_and_the_next_act(log: Log, place: float) -> None:
    verified = VerifiedLog(log)
    verified.events()
    data = bytearray(log.path.read_bytes())
    at = data.rindex(b'"n":', 0, int(len(data) * place)) + 4
    data[at : at + 1] = b"7" if data[at : at + 1] != b"7" else b"8"
    before = log.path.stat()
    log.path.write_bytes(data)
    os.utime(log.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(InputError):
        append(verified, 1)
    with pytest.raises(InputError):
        verified.events()


def test_an_act_that_is_refused_leaves_the_head(log: Log) -> None:
    verified = VerifiedLog(log)
    append(verified, 1)
    with pytest.raises(RuntimeError), verified.writing(AT):
        raise RuntimeError
    append(verified, 2)
    assert len(log.events()) == 22


def test_a_torn_end_is_put_aside_by_the_next_act(log: Log) -> None:
    verified = VerifiedLog(log)
    verified.events()
    with log.path.open("ab") as file:
        file.write(b'{"at":"20')
    assert len(verified.events()) == 20
    append(verified, 1)
    assert [event.kind for event in verified.events()][-2:] == ["recovered", "appealed"]
    assert len(log.events()) == 22
