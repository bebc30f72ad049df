"""What a command did stands, and its exit status says so, wherever its output goes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "eligibility"]
TEMPLATE = ["papers", "template", "--out"]
"""An act that says something in Chinese when it is done, and that is refused when it was done before."""


def act(out: Path, *, said: object = subprocess.PIPE, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *TEMPLATE, out], stdout=said, stderr=subprocess.PIPE, env=os.environ | env, check=False
    )  # type: ignore[call-overload,no-any-return]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_disk_without_room_for_the_output_is_told_and_the_act_stands(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = act(tmp_path / "t.docx", said=full)
    assert (tmp_path / "t.docx").is_file()
    assert done.returncode == 2
    said = done.stderr.decode()
    assert "[output_lost]" in said
    assert "命令已经执行完毕" in said


def test_a_reader_who_went_away_is_no_failure(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = act(tmp_path / "t.docx", said=writing)
    os.close(writing)
    assert (tmp_path / "t.docx").is_file()
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_closed_output_is_no_failure(tmp_path: Path) -> None:
    line = 'exec "$@" >&- 2>&- <&-'
    done = subprocess.run(["sh", "-c", line, "sh", *COMMAND, *TEMPLATE, tmp_path / "t.docx"], check=False)
    assert (done.returncode, (tmp_path / "t.docx").is_file()) == (0, True)


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_what_an_encoding_lacks_is_told_all_the_same(encoding: str, tmp_path: Path) -> None:
    out = tmp_path / "告\u4dae\U00020000.docx"
    done = act(out, PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    said = done.stdout.decode(encoding)
    assert said.startswith("已写出模板" if encoding == "gbk" else "\\u5df2\\u5199\\u51fa\\u6a21\\u677f")
    assert "\\U00020000" in said
    again = act(out, PYTHONIOENCODING=encoding)
    assert again.returncode == 2
    assert b"[out_not_writable]" in again.stderr
