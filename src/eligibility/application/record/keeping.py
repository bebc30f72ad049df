"""What is kept of a batch so that it can be decided again: the dossier, the rules, the decisions themselves."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from eligibility.application.folder import MARK
from eligibility.audit import Kept
from eligibility.domain.finding import Finding, Source, Text, Unusable
from eligibility.intake.files.kinds import SUFFIXES

UNVOUCHED = ("record", "batch", "event", "seconds")
"""What a manifest says beside its run: the record and the event in it, which are looked up there, and times."""
_DEPTH = 2
"""A table is a file of the dossier, or the files of one folder in it."""
_SMALL = 1 << 20
"""Files that no table is read from are kept up to this size; above it only their name, since only that is told of them."""


def keep_dossier(kept: Kept, con: duckdb.DuckDBPyConnection, dossier: Path) -> str:
    """Keep the files of the dossier that was read into `con`; the hash of their listing.

    Raises:
        Unusable: a file is no longer the one that was read.

    """
    files = {dossier.name: dossier} if dossier.is_file() else dossier_files(dossier)
    listing = {name: _keep(kept, path) for name, path in sorted(files.items())}
    read = con.execute("SELECT DISTINCT file, sha256 FROM paper.sources ORDER BY file").fetchall()
    for file, sha256 in read:
        if file in listing and listing[file] != sha256:
            raise Unusable(changed_meanwhile(file))
    return kept.keep_value(listing)


def changed_meanwhile(file: str) -> Finding:
    """The finding on a file that is no longer the one that was read."""
    problem = Text("判定过程中文件被改动", "the file was changed while it was being decided")
    return Finding("input_changed", Source(file), problem, Text("重新执行判定", "run again"))


def dossier_files(dossier: Path) -> dict[str, Path]:
    """The files of a dossier folder by their names in it, without hidden ones."""
    found = {}
    for path in sorted(dossier.rglob("*")):
        name = path.relative_to(dossier)
        if (
            path.is_file()
            and len(name.parts) <= _DEPTH
            and not any(part.startswith((".", "~$")) for part in name.parts)
        ):
            found[name.as_posix()] = path
    return found


def keep_rules(kept: Kept, folder: Path) -> str:
    """Keep the rule files that a run stored in `folder`; the hash of their listing."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return kept.keep_tree(files)


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


def _keep(kept: Kept, path: Path) -> str:
    if path.suffix.lower() in SUFFIXES or path.stat().st_size <= _SMALL:
        return kept.keep(path)
    return kept.keep_bytes(b"")
