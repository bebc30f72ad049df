"""What is kept of a batch so that it can be decided again: the dossier, the rules, the decisions themselves."""

from __future__ import annotations

from pathlib import Path

import duckdb

from eligibility.audit import Kept
from eligibility.intake.files.kinds import SUFFIXES
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation

_DEPTH = 10
"""Papers are looked for in folders within folders, as deep as this."""
_SMALL = 1 << 20
"""Files that no table is read from are kept up to this size; above it only their name, since only that is told of them."""


def keep_dossier(kept: Kept, con: duckdb.DuckDBPyConnection, dossier: Path) -> str:
    """Keep the files of the dossier that was read into `con`; the hash of their listing.

    Raises:
        InputError: a file is no longer the one that was read.

    """
    files = {dossier.name: dossier} if dossier.is_file() else dossier_files(dossier)
    listing = {name: _keep(kept, path) for name, path in sorted(files.items())}
    read = con.execute("SELECT DISTINCT file, sha256 FROM paper.sources ORDER BY file").fetchall()
    for file, sha256 in read:
        if file in listing and listing[file] != sha256:
            raise InputError(changed_meanwhile(file))
    return kept.keep_value(listing)


def changed_meanwhile(file: str) -> Diagnostic:
    """The finding on a file that is no longer the one that was read."""
    problem = Bilingual("判定过程中文件被改动", "the file was changed while it was being decided")
    return Diagnostic("input_changed", SourceLocation(file), problem, Bilingual("重新执行判定", "run again"))


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


def _keep(kept: Kept, path: Path) -> str:
    if path.suffix.lower() in (*SUFFIXES, ".dbf") or path.stat().st_size <= _SMALL:
        return kept.keep(path)
    return kept.keep_bytes(b"")
