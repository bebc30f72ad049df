"""The log: what was done to it is found and named, and no moment of death spoils it."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.audit import Kept, Log, check_seal, examine, seal_of
from eligibility.audit.canonical import digest, line_of
from eligibility.audit.tail import Tail, write_tail
from eligibility.model.diagnostic import InputError
from eligibility.model.event import Act, Event, Kind

AT = "2026-03-01T09:00:00+08:00"


def write(path: Path, count: int = 6) -> list[bytes]:
    """A log of so many events; its lines."""
    with Log(path).writing(AT) as writer:
        for number in range(count):
            writer.append(Act(Kind.ANSWERED, {"question": f"问{number}", "answer": "成立"}))
    return path.read_bytes().splitlines(keepends=True)


def codes(lines: list[bytes]) -> list[str]:
    return [finding.code for finding in examine(b"".join(lines), "events.jsonl").findings]


def said(lines: list[bytes]) -> str:
    return "\n".join(finding.in_language("zh") for finding in examine(b"".join(lines), "events.jsonl").findings)


@pytest.fixture
def lines(tmp_path: Path) -> list[bytes]:
    return write(tmp_path / "events.jsonl")


def rehashed(line: bytes, **changed: object) -> bytes:
    """The event of a line with other words, and a hash that fits them."""
    event = json.loads(line) | changed
    event["hash"] = digest(*(event[key] for key in ("seq", "at", "kind", "body", "prev")))
    return line_of(Event(**event))


def test_an_untouched_log_is_sound(lines: list[bytes]) -> None:
    found = examine(b"".join(lines), "events.jsonl")
    assert (found.findings, found.torn, [event.seq for event in found.events]) == ((), b"", [1, 2, 3, 4, 5, 6])


def test_the_hash_can_be_checked_without_this_program(lines: list[bytes]) -> None:
    import hashlib

    before = "0" * 64
    for line in lines:
        event = json.loads(line)
        stated = event.pop("hash")
        plain = json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert event["prev"] == before
        assert hashlib.sha256(plain.encode()).hexdigest() == stated
        before = stated


@pytest.mark.parametrize("place", range(6))
def test_a_changed_word_is_found_and_named(lines: list[bytes], place: int) -> None:
    lines[place] = lines[place].replace("成立".encode(), "成全".encode())
    assert codes(lines) == ["event_changed"]
    assert f"第 {place + 1} 号事件被改动" in said(lines)
    assert f"第{place + 1}行" in said(lines)


def test_blanks_or_another_order_of_keys_are_a_change_too(lines: list[bytes]) -> None:
    lines[2] = json.dumps(json.loads(lines[2]), ensure_ascii=False).encode() + b"\n"
    assert codes(lines) == ["event_changed"]


@pytest.mark.parametrize("place", range(5))
def test_a_changed_event_with_a_new_hash_breaks_the_chain_behind_it(lines: list[bytes], place: int) -> None:
    lines[place] = rehashed(lines[place], body={"question": "问9", "answer": "不成立"})
    assert codes(lines) == ["event_replaced"]
    assert f"第 {place + 1} 号被整条替换" in said(lines)


@pytest.mark.parametrize(("first", "last"), [(0, 0), (2, 2), (1, 3)])
def test_dropped_events_are_named(lines: list[bytes], first: int, last: int) -> None:
    del lines[first : last + 1]
    assert codes(lines) == ["event_dropped"]
    assert (f"第 {first + 1} 号" if first == last else f"第 {first + 1} 至 {last + 1} 号") in said(lines)


@pytest.mark.parametrize("place", range(5))
def test_an_inserted_event_is_told_from_the_true_one_of_its_number(lines: list[bytes], place: int) -> None:
    forged = rehashed(lines[place], body={"question": "问9", "answer": "不成立"})
    for position in (place, place + 1):
        mixed = [*lines[:position], forged, *lines[position:]]
        found = examine(b"".join(mixed), "events.jsonl").findings
        assert [(one.code, one.at.row) for one in found] == [("event_inserted", position + 1)]


def test_a_copy_of_an_event_is_inserted_too(lines: list[bytes]) -> None:
    assert codes([*lines[:4], lines[1], *lines[4:]]) == ["event_inserted"]


@pytest.mark.parametrize("place", range(5))
def test_swapped_events_are_named(lines: list[bytes], place: int) -> None:
    lines[place], lines[place + 1] = lines[place + 1], lines[place]
    assert codes(lines) == ["event_moved"]
    assert f"第 {place + 2}、{place + 1} 号不在原位" in said(lines)


@pytest.mark.parametrize("rubbish", ["", "[]", "not json", '{"seq": 1}', '{"a": NaN}', "ÿþ"])
def test_rubbish_for_a_line_is_unreadable_and_no_crash(lines: list[bytes], rubbish: str) -> None:
    lines[3] = rubbish.encode("latin-1") + b"\n"
    assert codes(lines) == ["event_unreadable", "event_dropped"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_single_byte_can_be_changed_unseen(data: st.DataObject) -> None:
    whole = b"".join(UNTOUCHED)
    place = data.draw(st.integers(0, len(whole) - 2))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != whole[place]))
    found = examine(whole[:place] + bytes([byte]) + whole[place + 1 :], "events.jsonl")
    assert found.findings


def test_nothing_is_added_to_a_broken_log(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    whole = write(path)
    path.write_bytes(b"".join([*whole[:2], *whole[3:]]))
    before = path.read_bytes()
    with pytest.raises(InputError), Log(path).writing(AT):
        pass
    assert path.read_bytes() == before


def as_it_died(path: Path, whole: list[bytes], torn: bytes) -> None:
    """The record of a process that died while it wrote `torn` behind the acknowledged lines `whole`."""
    for other in (path, Log(path).tail_path):
        other.unlink(missing_ok=True)
    with Log(path).writing(AT):
        pass
    path.write_bytes(b"".join(whole) + torn)
    write_tail(Log(path).tail_path, Tail(sum(map(len, whole[:-1])), whole[-1]))


def test_wherever_a_write_was_cut_that_nobody_was_told_of_the_log_verifies_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    whole = write(path, 3)
    for cut in (1, 2, *range(3, len(whole[-1]) - 2, 17), len(whole[-1]) - 2, len(whole[-1]) - 1):
        torn = whole[-1][:cut]
        as_it_died(path, whole[:2], torn)
        found = Log(path).examined()
        assert (found.findings, found.torn, len(found.events)) == ((), torn, 2)
        with Log(path).writing(AT) as writer:
            writer.append(Act(Kind.ANSWERED, {"question": "后来", "answer": "成立"}))
        events = Log(path).events()
        assert [event.kind for event in events[2:]] == ["recovered", "answered"]
        assert events[2].body["bytes"] == cut


def test_wherever_an_acknowledged_write_is_cut_it_still_stands_and_is_put_back(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    whole = write(path, 3)
    tail = Log(path).tail_path.read_bytes()
    for cut in (0, 1, *range(2, len(whole[-1]) - 2, 17), len(whole[-1]) - 2, len(whole[-1]) - 1):
        path.write_bytes(b"".join(whole[:2]) + whole[-1][:cut])
        Log(path).tail_path.write_bytes(tail)
        found = Log(path).examined()
        assert (found.findings, found.missing, len(found.events)) == ((), whole[-1][cut:], 3)
        with Log(path).writing(AT) as writer:
            writer.append(Act(Kind.ANSWERED, {"question": "后来", "answer": "成立"}))
        assert [event.kind for event in Log(path).events()] == ["answered"] * 3 + ["recovered", "answered"]
        assert path.read_bytes().startswith(b"".join(whole))


@pytest.mark.parametrize("lost", [1, 2])
def test_a_log_without_its_acknowledged_end_is_refused(lost: int, tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    whole = write(path, 4)
    path.write_bytes(b"".join(whole[: 3 - lost]) + whole[3 - lost][:-1])
    with pytest.raises(InputError, match="tail_cut"):
        Log(path).events()


@pytest.mark.parametrize("state", ["gone", "empty", "folder", "pipe", "endless"])
def test_a_log_is_refused_whose_second_copy_of_the_last_write_cannot_be_read(state: str, tmp_path: Path) -> None:
    """Else one who takes both away takes back what was acknowledged, and nobody is told."""
    path = tmp_path / "events.jsonl"
    whole = write(path, 4)
    tail = Log(path).tail_path
    path.write_bytes(b"".join(whole[:-1]))
    tail.unlink()
    match state:
        case "empty":
            tail.touch()
        case "folder":
            tail.mkdir()
        case "pipe":
            os.mkfifo(tail)
        case "endless":
            tail.symlink_to("/dev/zero")
    for look in (Log(path).events, lambda: Log(path).writing(AT).__enter__()):
        with pytest.raises(InputError, match="tail_missing"):
            look()


def test_a_process_that_died_over_the_very_first_write_leaves_a_log_that_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    with Log(path).writing(AT):
        pass  # what stands before the first write
    begun = Log(path).tail_path.read_bytes()
    whole = write(path, 1)
    for cut in (0, 1, len(whole[0]) // 2, len(whole[0]) - 1, len(whole[0])):
        path.write_bytes(whole[0][:cut])
        Log(path).tail_path.write_bytes(begun)
        assert not Log(path).examined().findings
        with Log(path).writing(AT) as writer:
            writer.append(Act(Kind.ANSWERED, {"question": "后来", "answer": "成立"}))
        assert Log(path).events()[-1].body["question"] == "后来"


@pytest.mark.parametrize("kind", ["pipe", "endless", "folder"])
def test_no_reader_of_the_record_waits_for_a_kept_file_that_is_no_file(kind: str, tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    sha256 = kept.keep_bytes(b"1")
    path = kept.path(sha256)
    path.unlink()
    {"pipe": os.mkfifo, "endless": lambda one: one.symlink_to("/dev/zero"), "folder": Path.mkdir}[kind](path)
    assert [one.code for one in kept.wrong([sha256])] == ["kept_unreadable"]


def test_the_last_event_cannot_be_replaced_by_another_with_a_hash_that_fits(lines: list[bytes], tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(b"".join([*lines[:-1], rehashed(lines[-1], at="2026-04-01T09:00:00+08:00")]))
    assert not examine(path.read_bytes(), "events.jsonl").findings, "the chain alone does not show it"
    with pytest.raises(InputError, match="event_replaced"):
        Log(path).events()


@pytest.mark.parametrize("room", [0, 1, 40, 200])
def test_a_full_disk_leaves_the_record_as_it_was(room: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "record" / "events.jsonl"
    write(path, 2)
    before = {one.name: one.read_bytes() for one in path.parent.iterdir()}
    left = [room]

    def full(handle: int, data: bytes) -> int:
        if left[0] == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        taken = os_write(handle, data[: left[0]])
        left[0] -= taken
        return taken

    os_write = os.write
    monkeypatch.setattr(os, "write", full)
    with Log(path).writing(AT) as writer, pytest.raises(InputError, match="record_not_writable"):
        writer.append(Act(Kind.ANSWERED, {"question": "问", "answer": "成立"}))
    monkeypatch.setattr(os, "write", os_write)
    assert {one.name: one.read_bytes() for one in path.parent.iterdir()} == before
    write(path, 1)
    assert [event.seq for event in Log(path).events()] == [1, 2, 3]


def test_only_its_owner_reads_a_record(tmp_path: Path) -> None:
    path = tmp_path / "record" / "events.jsonl"
    write(path, 1)
    Kept(tmp_path / "record" / "kept").keep_bytes("身份证号".encode())
    modes = {one: one.stat().st_mode & 0o777 for one in (path.parent, *path.parent.rglob("*"))}
    assert {mode for one, mode in modes.items() if one.is_dir()} == {0o700}
    assert {mode for one, mode in modes.items() if one.is_file()} == {0o600}


def test_what_the_record_cannot_hold_is_refused_and_leaves_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    write(path, 1)
    before = path.read_bytes()
    for body in ({"area": 0.3}, {"text": "\ud800"}, {1: "x"}):
        with Log(path).writing(AT) as writer, pytest.raises(ValueError):
            writer.append(Act(Kind.ANSWERED, body))
    assert path.read_bytes() == before


WRITER = """
import sys
from pathlib import Path
from eligibility.audit import Log
from eligibility.model.event import Act, Kind
big = "材料" * int(sys.argv[2])
number = 0
while True:
    with Log(Path(sys.argv[1])).writing("2026-03-01T09:00:00+08:00") as writer:
        made = writer.append(*(Act(Kind.SIGNED, {"number": number + n, "big": big}) for n in range(3)))
    number += 3
    print(made[-1].seq, flush=True)
"""


@pytest.mark.parametrize("size", [10, 100_000])
def test_kill_9_at_any_moment_leaves_a_log_that_verifies(tmp_path: Path, size: int) -> None:
    path = tmp_path / "events.jsonl"
    chance = random.Random(size)
    for _ in range(6):
        acknowledged = killed_writer(path, size, chance.uniform(0.0, 0.05))
        found = Log(path).examined()
        assert not found.findings
        assert len(found.events) >= acknowledged, "what was acknowledged is there"


def killed_writer(path: Path, size: int, moment: float) -> int:
    """Let a process write until it is killed; the number of the last event that it was told is on the disk."""
    running = subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(size)], stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    first = running.stdout.readline()
    time.sleep(moment)
    running.send_signal(signal.SIGKILL)
    rest = running.stdout.read().split()
    running.wait()
    return int((rest or first.split())[-1])


def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    code = WRITER.replace("while True", "for _ in range(20)")
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(path), "5"], stdout=subprocess.DEVNULL) for _ in range(2)
    ]
    assert [one.wait() for one in running] == [0, 0]
    assert len(Log(path).events()) == 120


def test_a_seal_shows_a_cut_tail_and_a_rewritten_log(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    whole = write(path)
    seal = seal_of(Log(path).events())
    write_more = Log(path)
    with write_more.writing(AT) as writer:
        writer.append(Act(Kind.SIGNED, {"by": "甲"}))
    assert check_seal(seal, Log(path).events()) is None, "a log that went on still bears its seal"
    path.write_bytes(b"".join(whole[:4]))
    write_tail(Log(path).tail_path, Tail(sum(map(len, whole[:3])), whole[3]))
    assert not Log(path).examined().findings, "a record that was cut as a whole does not show it"
    assert check_seal(seal, Log(path).events()).code == "tail_cut"
    rewritten = rehashed(whole[0], at="2026-03-02T09:00:00+08:00")
    path.write_bytes(rewritten)
    write_tail(Log(path).tail_path, Tail(0, rewritten))
    with Log(path).writing(AT) as writer:
        writer.append(*(Act(Kind.ANSWERED, {"n": n}) for n in range(8)))
    assert check_seal(seal, Log(path).events()).code == "log_rewritten"


@pytest.mark.parametrize("text", ["", "57", "57-xyz", "6-1234"])
def test_what_is_no_seal_says_so(text: str) -> None:
    with pytest.raises(InputError, match="bad_seal"):
        check_seal(text, ())


def _untouched() -> list[bytes]:
    events, head = [], "0" * 64
    for number in range(1, 5):
        body = {"question": f"问{number}", "persons": number, "open": True, "note": None}
        event = Event(number, AT, "answered", body, head, digest(number, AT, "answered", body, head))
        head = event.hash
        events.append(line_of(event))
    return events


UNTOUCHED = _untouched()
