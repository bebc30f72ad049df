"""The files of a run by the hash of their bytes, and its manifest by the hash of what it says."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eligibility.store.folders import MARK

UNVOUCHED = ("record", "batch", "event", "seconds")
"""What a manifest says beside its run: the record and the event in it, which are looked up there, and times."""


def output_hashes(folder: Path) -> dict[str, str]:
    """The tables of a run, by name, with their hashes: what must come out again, bit for bit."""
    tables = sorted([*folder.glob("*.csv"), *folder.glob("*.parquet")])
    return {path.name: sha256_of(path) for path in tables}


def file_hashes(folder: Path) -> dict[str, str]:
    """Every file of a run but its manifest, by its name within the folder, with its hash."""
    return {name: sha256_of(path) for name, path in files_in(folder).items() if name != MARK}


def files_in(folder: Path) -> dict[str, Path]:
    """Everything in a folder that is no folder, by its name within it; links stand for themselves and are not followed."""
    found = {}
    for root, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        for name in (*names, *links):
            path = Path(root) / name
            found[path.relative_to(folder).as_posix()] = path
    return dict(sorted(found.items()))


def sha256_of(path: Path) -> str:
    """The hash of an ordinary file; "" where it is none (a link, a pipe) or cannot be read."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def manifest_digest(manifest: Mapping[str, Any]) -> str:
    """The hash of what a manifest says of its run, but for where it is recorded and how long each step took."""
    said = {key: value for key, value in manifest.items() if key not in UNVOUCHED}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
