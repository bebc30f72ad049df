"""The folder in which results are made, and what is left of it where a process was killed.

Who makes one holds a lock on a file in it; a folder whose lock nobody holds is the rest of a process that died.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.store.lock import lock, try_lock

_LOCK = ".lock"


@contextmanager
def unfinished(out: Path) -> Iterator[Path]:
    """A folder beside `out` in which it is made, readable by its owner only; removed at the end if it still stands.

    Raises:
        InputError: it cannot be made.

    """
    partial = out.parent / f".{out.name}.partial-{os.getpid()}"
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        partial.mkdir(mode=0o700)
        handle = os.open(_lock_of(partial), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        problem = Bilingual(f"无法写入：{error.strerror}", f"cannot be written: {error.strerror}")
        remedy = Bilingual("请用 --out 指定一个新目录", "name a new folder with --out")
        raise InputError(Diagnostic("out_not_writable", SourceLocation(str(out)), problem, remedy)) from None
    try:
        lock(handle)
        yield partial
    finally:
        os.close(handle)
        _lock_of(partial).unlink(missing_ok=True)
        shutil.rmtree(partial, ignore_errors=True)


def clear_remains(out: Path) -> None:
    """Put back a finished folder that a killed process had moved aside, and remove what it had not finished."""
    for former in sorted(out.parent.glob(f".{_plain(out.name)}.former-*")):
        if out.exists():
            shutil.rmtree(former, ignore_errors=True)
        else:
            former.rename(out)
    for partial in sorted(out.parent.glob(f".{_plain(out.name)}.partial-*")):
        if partial.is_dir() and not partial.is_symlink() and _dead(partial):
            shutil.rmtree(partial, ignore_errors=True)
            _lock_of(partial).unlink(missing_ok=True)


def _dead(partial: Path) -> bool:
    try:
        handle = os.open(_lock_of(partial), os.O_RDWR)
    except OSError:
        return False
    try:
        return try_lock(handle)
    finally:
        os.close(handle)


def _lock_of(partial: Path) -> Path:
    return partial.with_name(f"{partial.name}{_LOCK}")


def _plain(name: str) -> str:
    return "".join(f"[{name}]" if name in "*?[" else name for name in name)
