"""Which files of a run were found to be as recorded, by what the system says of them: a small question hashes none twice.

Kept in the cache of the user. A file counts as the same while device, number, size and both times of the system are those it
had when it was hashed; the time of the last change of a file (`ctime`) cannot be set by who edits it. A file that was changed
in the last seconds is always hashed again, since a further change could fall on the same time.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Mapping
from pathlib import Path

from eligibility.application.user_cache import keep, kept

_SETTLED_NS = 3_000_000_000
"""A file must not have been changed for so long."""
_ABLE = os.name != "nt"
"""Elsewhere that time is the one of the making of the file."""


def known_good(batch: str, folder: Path, hashes: Mapping[str, str]) -> set[str]:
    """Names of the files in `folder` that were found to have those hashes and were not touched since."""
    try:
        said = json.loads(kept(_name(batch, folder)) or "{}")
    except ValueError:
        return set()
    if not isinstance(said, dict):
        return set()
    return {name for name, digest in hashes.items() if said.get(name) == [digest, *_state(folder / name)]}


def note_good(batch: str, folder: Path, states: Mapping[str, list[int]], hashes: Mapping[str, str]) -> None:
    """Note that the files, which were in those states before they were hashed, have those hashes."""
    if _ABLE:
        keep(
            _name(batch, folder), json.dumps({name: [hashes[name], *state] for name, state in states.items() if state})
        )


def states_of(folder: Path, names: list[str]) -> dict[str, list[int]]:
    """What the system says of each file; [] of one that is no ordinary file or was changed just now."""
    now = time.time_ns()
    found = {name: _state(folder / name) for name in names}
    return {name: state if state and max(state[3:]) < now - _SETTLED_NS else [] for name, state in found.items()}


def _state(path: Path) -> list[int]:
    try:
        found = path.lstat()
    except OSError:
        return []
    return [found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns]


def _name(batch: str, folder: Path) -> str:
    place = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()
    return f"run-{batch[:40]}-{place[:16]}"
