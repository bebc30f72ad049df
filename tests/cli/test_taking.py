"""Values taken over without Typer's conversion are those that Typer would have made; everything else is Typer's."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
import typer
from typer.testing import CliRunner

from eligibility.cli.command import Group, plain


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def both(words: list[str], **env: str) -> list[tuple[int, str]]:
    """What a program with every kind of parameter says to these words: as Typer has it, and as it is here."""
    return [
        (done.exit_code, done.output)
        for done in (CliRunner().invoke(app(quick=quick), words, env=env) for quick in (False, True))
    ]


def app(*, quick: bool) -> typer.Typer:
    made = typer.Typer(cls=Group) if quick else typer.Typer()

    @made.callback()
    def settings(lang: Annotated[str, typer.Option(envvar="TAKING_LANG")] = "zh") -> None:
        print(repr(lang))

    @made.command("go")
    def go(  # noqa: PLR0917
        name: Annotated[str | None, typer.Argument()] = None,
        folder: Annotated[Path, typer.Option("--folder")] = Path("rules"),
        there: Annotated[Path | None, typer.Option("--there", exists=True, file_okay=False)] = None,
        file: Annotated[Path | None, typer.Option("--file", dir_okay=False, writable=True)] = None,
        real: Annotated[Path | None, typer.Option("--real", resolve_path=True)] = None,
        kind: Annotated[Literal["text", "json"], typer.Option("--kind")] = "text",
        colour: Annotated[Colour, typer.Option("--colour")] = Colour.RED,
        day: Annotated[datetime | None, typer.Option("--day", formats=["%Y-%m-%d"])] = None,
        when: Annotated[datetime | None, typer.Option("--when", formats=["%Y-%m-%d", "%Y"])] = None,
        count: Annotated[int, typer.Option("--count", min=1)] = 3,
        many: Annotated[list[str] | None, typer.Option("--many")] = None,
        json: Annotated[bool, typer.Option("--json")] = False,  # noqa: FBT002
    ) -> None:
        taken: dict[str, Any] = dict(locals())
        print({key: (type(value).__name__, value) for key, value in sorted(taken.items())})

    return plain(made) if quick else made


@pytest.mark.parametrize(
    "words",
    [
        "", "x", "''", "--folder .", "--folder no/where", "--there .", "--there no/where", "--there pyproject.toml", "--file .",
        "--file pyproject.toml", "--file new.txt", "--real .", "--kind json", "--kind JSON", "--kind other", "--colour blue",
        "--colour BLUE", "--colour green", "--day 2025-11-18", "--day 2025-13-18",
        "--day 2025", "--when 2025", "--when 2025-11-18", "--count 5", "--count 0", "--count x", "--many a --many b", "--json", "x y", "--folder",
        "--nothing",
    ],
)  # fmt: skip
def test_every_value_and_every_error_is_typers(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    as_typer, as_here = both(["go", *(word.strip("'") for word in words.split())])
    assert as_here == as_typer


def test_an_option_from_the_environment_is_taken_too() -> None:
    as_typer, as_here = both(["go"], TAKING_LANG="en")
    assert as_here == as_typer
    assert "'en'" in as_here[1]
