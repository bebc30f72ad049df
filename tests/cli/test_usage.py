"""A command that was typed wrongly is told in the language of whoever typed it, with exit status 2."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

TYPED = {
    "run": ("缺少参数 dossier", "Missing argument"),
    "run x": ("缺少选项 --out", "Missing option"),
    "runn": ("没有命令“runn”；是否要 run", "No such command"),
    "zzz": ("没有命令“zzz”", "No such command"),
    "rules chekc": ("没有命令“chekc”；是否要 check", "No such command"),
    "run x --rulez y": ("没有选项 --rulez；是否要 --rules", "No such option"),
    "run x --as-of 去年": ("--as-of 的值不能用：日期应写成 2022-10-31", "does not match"),
    "run x --out o --engine flink": ("--engine 的值不能用：应为 duckdb, spark 之一", "Invalid value"),
    "run x --out o y": ("多出的参数：y", "unexpected extra"),
    "run x --out": ("选项 --out 后面要写值", "requires an argument"),
    "run x --json=1": ("选项 --json 后面不写值", "does not take a value"),
    "simulate --persons 很多 --out o": ("--persons 的值不能用：应为数", "valid integer"),
    "papers letters --run x --out y --fonts /没有": ("--fonts 的值不能用：路径不存在", "does not exist"),
}


def typed(words: str, lang: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "eligibility", "--lang", lang, *words.split()]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"COLUMNS": "200"})


@pytest.mark.parametrize("words", TYPED)
def test_what_is_wrong_stands_in_chinese_and_in_english(words: str) -> None:
    chinese, english = TYPED[words]
    for lang, expected in (("zh", chinese), ("en", english)):
        done = typed(words, lang)
        assert done.returncode == 2, done.stderr
        assert done.stdout == ""
        assert done.stderr.startswith("[command_mistyped] eligibility")
        assert expected in done.stderr
        assert "--help" in done.stderr.splitlines()[-1]
        assert bool(re.search("[一-鿿]", done.stderr.replace("去年", "").replace("很多", "").replace("没有", ""))) is (
            lang == "zh"
        )


def test_a_group_without_a_command_prints_its_help() -> None:
    done = typed("rules", "zh")
    assert done.returncode == 2
    assert "规则文件" in done.stdout
    assert done.stderr == ""
