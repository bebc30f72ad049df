"""One way to write an event as bytes, so that its hash can be checked by anyone with a JSON reader and SHA-256."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from eligibility.model.event import Event

GENESIS = "0" * 64
"""What stands for the hash before the first event."""


def canonical(value: Any) -> bytes:
    """JSON with keys sorted, no blanks, UTF-8; ValueError on a fraction, a lone surrogate or a key that is no text.

    >>> canonical({"b": 1, "a": "户"}).decode()
    '{"a":"户","b":1}'
    """
    _check(value)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def digest(seq: int, at: str, kind: str, body: Any, prev: str) -> str:
    """SHA-256 of an event without its own hash: its canonical bytes, `prev` among them."""
    said = {"seq": seq, "at": at, "kind": kind, "body": body, "prev": prev}
    return hashlib.sha256(canonical(said)).hexdigest()


def bears_its_hash(line: bytes, stated: str) -> bool:
    """Whether a line without its own hash gives `stated`: checked on the bytes as they stand, since they are canonical."""
    before, found, after = line.rpartition(f'"hash":"{stated}",'.encode())
    return bool(found) and hashlib.sha256(before + after).hexdigest() == stated


def line_of(event: Event) -> bytes:
    """The event as its line of the log, line feed included."""
    said = {"seq": event.seq, "at": event.at, "kind": event.kind, "body": event.body, "prev": event.prev}
    return canonical({**said, "hash": event.hash}) + b"\n"


_PLAIN = frozenset({type(None), bool, int, str})


def _check(value: Any) -> None:
    match value:
        case None | bool() | int() | str():
            return
        case list() | tuple():
            if not _PLAIN.issuperset(map(type, value)):
                for one in value:
                    _check(one)
        case dict():
            for key, one in value.items():
                if not isinstance(key, str):
                    raise ValueError(f"a key of the record is a text, not {key!r}")
                _check(one)
        case _:
            raise ValueError(f"the record holds texts, whole numbers and truths, not {value!r}")
