"""A folder that appears whole or not at all, and that only its owner can read."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.store.remains import clear_remains, unfinished

MARK = "manifest.json"
"""The file by which a finished run is known."""
_SHOWN = 5
_NO_ROOM = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}


@contextmanager
def atomic_folder(out: Path, *, replacing: bool = False) -> Iterator[Path]:
    """Give a temporary folder beside `out`; rename it to `out` when the block ends well, remove it otherwise.

    `out` must be absent or empty; with `replacing`, which says that its maker looked at what stands there, it is
    replaced. Files and folders that appear can be read by their owner only.

    Raises:
        InputError: `out` is a link or a folder of something else, holds something, or cannot be written.

    """
    check_place(out)
    if not replacing:
        _check_free(out)
    clear_remains(out)
    try:
        with unfinished(out) as partial:
            yield partial
            owner_only(partial)
            _put(partial, out)
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        raise refusal(out, f"无法写入：{error.strerror}", f"cannot be written: {error.strerror}") from None
    except duckdb.IOException as error:
        if not any(os.strerror(number) in str(error) for number in _NO_ROOM):
            raise
        raise refusal(out, "无法写入：磁盘空间不足", "cannot be written: no space is left") from None


@contextmanager
def atomic_file(path: Path) -> Iterator[Path]:
    """Give a temporary file beside `path`; rename it to `path` when the block ends well, remove it otherwise.

    Raises:
        InputError: the folder cannot be made or written, or `path` is a folder.

    """
    partial = path.parent / f".{path.name}.partial-{os.getpid()}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield partial
        partial.replace(path)
    except OSError as error:
        raise refusal(path, f"无法写入：{error.strerror}", f"cannot be written: {error.strerror}") from None
    finally:
        partial.unlink(missing_ok=True)


def safe_name(name: str) -> str:
    """A text as the name of a file on any system; "_" where nothing of it can be kept.

    >>> safe_name('a/b: "c"'), safe_name("..")
    ('a_b_ _c_', '_')
    """
    return re.sub(r'[<>:"/\\|?*\x00-\x1f]', "_", name).strip(". ")[:80] or "_"


def check_place(out: Path) -> None:
    """Whether a folder may appear at `out`: no link, and no folder in which somebody works or lives.

    Raises:
        InputError: it may not.

    """
    if out.is_symlink():
        raise _in_use(out, "是一个链接", "is a link")
    real = out.resolve()
    if out.exists() and not out.is_dir():
        raise _in_use(out, "已存在且不是目录", "exists and is no folder")
    for busy in (Path.cwd(), Path.home()):
        if busy.resolve().is_relative_to(real):
            raise _in_use(out, "是当前目录、主目录或其上级目录", "is, or holds, the current folder or the home folder")


def in_use(out: Path, foreign: Sequence[str]) -> InputError:
    """Why what stands at `out` is not replaced: it holds files of other makers, or that somebody changed."""
    named = "、".join(foreign[:_SHOWN]) + ("…" if len(foreign) > _SHOWN else "")
    problem = Bilingual(
        f"其中有不是本程序写出的、或写出之后改动过的文件：{named}",
        f"holds files that this program did not write, or that were changed since: {named.replace('、', ', ')}",
    )
    remedy = Bilingual(
        "先把这些文件移到别处（填好的清单请先导入），或用 --out 指定一个新目录",
        "move them elsewhere first (import a filled work list), or name a new folder with --out",
    )
    return InputError(Diagnostic("out_in_use", SourceLocation(str(out)), problem, remedy))


def owner_only(folder: Path) -> None:
    """Let nobody but its owner read what stands in `folder`, nor the folder."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o700 if path.is_dir() else 0o600)


def refusal(out: Path, zh: str, en: str, code: str = "out_not_writable") -> InputError:
    """Why nothing can be written to `out`."""
    remedy = Bilingual("请用 --out 指定一个新目录", "name a new folder with --out")
    return InputError(Diagnostic(code, SourceLocation(str(out)), Bilingual(zh, en), remedy))


def _check_free(out: Path) -> None:
    if out.exists() and any(out.iterdir()):
        raise _in_use(out, "已存在且不是空目录", "exists and is not empty")


def _in_use(out: Path, zh: str, en: str) -> InputError:
    return refusal(out, zh, en, "out_in_use")


def _put(partial: Path, out: Path) -> None:
    former = out.parent / f".{out.name}.former-{os.getpid()}"
    try:
        if out.exists():
            out.rename(former)
        try:
            partial.rename(out)
        except OSError:
            if former.exists():
                former.rename(out)
            raise
    except OSError as error:
        raise refusal(out, f"无法写入：{error.strerror}", f"cannot be written: {error.strerror}") from None
    shutil.rmtree(former, ignore_errors=True)
