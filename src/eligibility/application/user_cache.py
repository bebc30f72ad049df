"""Small texts kept for the next command in the user's cache folder. Nothing depends on it: what cannot be kept is made again.

Only what nobody else could have written is read: the folder and the file belong to the user and are writable by no other.
"""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path

MOST = 40
"""Texts kept; of more, the oldest go."""

LARGEST = 4 * 1024 * 1024
"""Bytes of one text."""


def cache_folder() -> Path | None:
    """`eligibility` in XDG_CACHE_HOME or ~/.cache; None where the user has no home."""
    said = os.environ.get("XDG_CACHE_HOME", "")
    try:
        return (Path(said) if Path(said).is_absolute() else Path.home() / ".cache") / "eligibility"
    except RuntimeError:
        return None


def kept(name: str) -> str | None:
    """The text of that name, as it was kept; None where there is none, or it is damaged or may be another's."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        with (folder / name).open("rb") as stream:
            if not (_own(folder.stat()) and _own(found := os.fstat(stream.fileno())) and stat.S_ISREG(found.st_mode)):
                return None
            digest, _, text = stream.read(LARGEST + 1).partition(b"\n")
    except OSError:
        return None
    return text.decode("utf-8", "replace") if digest == _digest(text) else None


def keep(name: str, text: str) -> None:
    """Keep the text for the next command; where that is not possible, do nothing."""
    folder = cache_folder()
    raw = text.encode()
    if folder is None or len(raw) > LARGEST // 2:
        return
    partial = folder / f".{name}.{os.getpid()}"
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                stream.write(_digest(raw) + b"\n" + raw)
            partial.replace(folder / name)
        finally:
            partial.unlink(missing_ok=True)
        _forget_oldest(folder)


def _forget_oldest(folder: Path) -> None:
    aged = sorted((path for path in folder.iterdir() if path.is_file()), key=lambda path: path.stat().st_mtime)
    for path in aged[:-MOST]:
        path.unlink(missing_ok=True)


def _own(found: os.stat_result) -> bool:
    """Whether it belongs to the user and nobody else may write it; where the system knows no users, yes."""
    user = os.getuid() if hasattr(os, "getuid") else found.st_uid
    return found.st_uid == user and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _digest(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest().encode()
