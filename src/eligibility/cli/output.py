"""Standard output and error that fail nobody: what a command did stands, also where nobody can be told of it."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from eligibility.cli import UNUSABLE
from eligibility.cli.options import lang
from eligibility.model.diagnostic import Bilingual, Diagnostic, SourceLocation
from eligibility.model.visible import visible


class _Guarded(io.RawIOBase):
    """Takes every byte; from the first that cannot be passed on, it passes on none. `lost`: why."""

    def __init__(self, raw: Any) -> None:
        super().__init__()
        self._raw = raw
        self.lost: OSError | None = None

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return int(self._raw.fileno())

    def isatty(self) -> bool:
        return bool(self._raw.isatty())

    def write(self, data: Any, /) -> int | None:
        if self.lost is None:
            try:
                written: int | None = self._raw.write(data)
                return written
            except OSError as error:
                self.lost = error
        return len(data)


@contextmanager
def guarded_output() -> Iterator[None]:
    r"""Let no write to standard output or error end a command half way, which then seems not to have been carried out.

    Where the output is closed, its reader went away (`| head`), its disk is full or its encoding lacks a character, the command
    goes on. What an encoding lacks is written as `\u4e00`. A reader who had enough is no failure; output that was lost
    otherwise is told on standard error at the end, with exit status 2 in place of 0.
    """
    before = sys.stdout, sys.stderr
    out, sys.stdout = _guarded(sys.stdout)
    _, sys.stderr = _guarded(sys.stderr)
    try:
        yield
    except SystemExit as ended:
        sys.stdout.flush()
        if out is not None and out.lost is not None and out.lost.errno != errno.EPIPE and not ended.code:
            sys.stderr.write(visible(_lost(out.lost).in_language(lang())) + "\n")
            raise SystemExit(UNUSABLE) from None
        raise
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        sys.stdout, sys.stderr = before


def _guarded(stream: TextIO | None) -> tuple[_Guarded | None, TextIO]:
    if stream is None:  # the caller closed it
        return None, Path(os.devnull).open("w", encoding="utf-8")
    buffer = getattr(stream, "buffer", None)
    raw = getattr(buffer, "raw", buffer)  # unbuffered (python -u) there is but one of them
    if raw is None:
        return None, stream
    stream.flush()
    guarded = _Guarded(raw)
    line_buffering = bool(getattr(stream, "line_buffering", False) or raw is buffer)
    text = io.TextIOWrapper(
        io.BufferedWriter(guarded), stream.encoding, errors="backslashreplace", line_buffering=line_buffering
    )
    return guarded, text


def _lost(error: OSError) -> Diagnostic:
    problem = Bilingual(
        f"命令已经执行完毕，但它的输出没有写全：{error.strerror}",
        f"the command was carried out, but not all of its output could be written: {error.strerror}",
    )
    remedy = Bilingual(
        "腾出空间后再看：查看类命令重新执行；签字、导入等不必重做，用 review status 查看",
        "make room, then repeat what only shows; what was signed or imported stands, see review status",
    )
    return Diagnostic("output_lost", SourceLocation("stdout"), problem, remedy)
