"""A folder that appears whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eligibility.domain.finding import Finding, Source, Text, Unusable

MARK = "manifest.json"
"""The file by which a finished run is known."""


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """Give a temporary folder beside `out`; rename it to `out` when the block ends well, remove it otherwise.

    An empty `out`, or one that holds a finished run, is replaced.

    Raises:
        Unusable: `out` holds something else, or cannot be written.

    """
    _check(out)
    partial = out.parent / f".{out.name}.partial-{os.getpid()}"
    try:
        partial.mkdir(parents=True)
    except OSError as error:
        raise _refusal(
            "out_not_writable", out, f"无法写入：{error.strerror}", f"cannot be written: {error.strerror}"
        ) from None
    try:
        yield partial
        _put(partial, out)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a temporary file beside `path`; rename it to `path` when the block ends well, remove it otherwise.

    Raises:
        Unusable: the folder cannot be made or written.

    """
    partial = path.parent / f".{path.name}.partial-{os.getpid()}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield partial
        partial.replace(path)
    except OSError as error:
        raise _refusal(
            "out_not_writable", path, f"无法写入：{error.strerror}", f"cannot be written: {error.strerror}"
        ) from None
    finally:
        partial.unlink(missing_ok=True)


def _check(out: Path) -> None:
    if not out.exists() or (out.is_dir() and (not any(out.iterdir()) or (out / MARK).is_file())):
        return
    raise _refusal("out_in_use", out, "已存在且不是以往的结果目录", "exists and is not the folder of a finished run")


def _put(partial: Path, out: Path) -> None:
    former = out.parent / f".{out.name}.former-{os.getpid()}"
    if out.exists():
        out.rename(former)
    try:
        partial.rename(out)
    except OSError:
        if former.exists():
            former.rename(out)
        raise
    shutil.rmtree(former, ignore_errors=True)


def _refusal(code: str, out: Path, zh: str, en: str) -> Unusable:
    remedy = Text("请用 --out 指定一个新目录", "name a new folder with --out")
    return Unusable(Finding(code, Source(str(out)), Text(zh, en), remedy))
