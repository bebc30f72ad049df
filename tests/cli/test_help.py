"""Help as a person reads it: whole, no wider than the terminal, at once."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
import typer.main

from eligibility.cli.app import app
from eligibility.cli.help_page import columns
from support.paper_folder import RULES

COMMAND = [sys.executable, str(RULES.parents[1] / "cli.py")]
TOP = typer.main.get_group(app)
PATHS = [
    *[(name,) for name in TOP.commands],
    *[(name, below) for name, group in TOP.commands.items() for below in getattr(group, "commands", {})],
]


def call(*words: str, width: int = 80) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"COLUMNS": str(width)}
    return subprocess.run([*COMMAND, *words], capture_output=True, text=True, check=False, env=env)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_first_page_names_every_command_and_says_in_full_what_it_is_for() -> None:
    said = call("--help")
    assert (said.returncode, said.stderr) == (0, "")
    for name, command in TOP.commands.items():
        assert f"\n  {name} " in said.stdout
        assert squeezed((command.help or "").splitlines()[0]) in squeezed(said.stdout)


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_help_of_a_command_is_whole_and_fits_the_terminal(path: tuple[str, ...]) -> None:
    command = TOP
    for name in path:
        command = command.commands[name]
    ctx = typer.Context(command, info_name=" ".join(("eligibility", *path)))
    page = command.get_help(ctx)
    assert max(map(columns, page.splitlines())) <= 80
    for param in command.get_params(ctx):
        record = param.get_help_record(ctx)
        assert record is None or squeezed("".join(record)) in squeezed(page)


@pytest.mark.parametrize("width", [50, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    lines = call("review", "sign", "--help", width=width).stdout.splitlines()
    assert max(map(columns, lines)) <= width


@pytest.mark.parametrize("words", [(), ("rules",)])
def test_without_a_command_its_group_prints_its_help_with_exit_status_2(words: tuple[str, ...]) -> None:
    said = call(*words)
    assert (said.returncode, said.stderr) == (2, "")
    assert said.stdout == call(*words, "--help").stdout


def test_a_mistyped_command_of_a_group_is_answered_with_the_nearest() -> None:
    said = call("rules", "chekc")
    assert said.returncode == 2
    assert "No such command 'chekc'. Did you mean 'check'?" in said.stderr


def test_help_waits_for_nothing_that_only_the_work_needs() -> None:
    code = (
        "import sys; from eligibility.cli.app import app; app(['--help'], standalone_mode=False);"
        "sys.exit(', '.join({'rich', 'pydantic', 'duckdb', 'eligibility.cli.rules_app'} & {*sys.modules}) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
