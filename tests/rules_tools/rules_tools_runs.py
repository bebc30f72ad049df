"""Finished runs and edited rulebooks for the tests of this folder."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from typer.testing import CliRunner

from eligibility.application.run import RunRequest
from eligibility.cli.app import app
from eligibility.cli.run import run_batch
from eligibility.model.diagnostic import InputError
from support.paper_folder import AS_OF, RULES, Papers

NOW = datetime(2022, 11, 1, 9, 0, tzinfo=UTC)
"""When the runs of these tests are made."""


def households(areas: Sequence[str]) -> Papers:
    """One person a household; each loses 4 亩 and keeps what its certificate has above that. 人1 is the first."""
    papers = Papers().group().approval().agreement(area=f"{4 * len(areas)}.00")
    for number, area in enumerate(areas, start=1):
        papers.person(number, household_id=f"H{number}").certificate(f"H{number}", area).line(f"H{number}")
    return papers


def finished(papers: Papers, folder: Path, rules: Path = RULES) -> Path:
    """The folder of a finished run over these papers."""
    run_batch(RunRequest(papers.write(folder / "in"), rules, AS_OF, folder / "out"), now=NOW, lang="zh", json=True)
    return folder / "out"


def copied_rules(folder: Path) -> Path:
    """An editable copy of all rules; km-reform in it."""
    shutil.copytree(RULES.parent, folder / "rules")
    return folder / "rules" / "km-reform"


def edit(path: Path, old: str, new: str) -> None:
    """Replace text that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} has no {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def said(*words: str | Path) -> str:
    """What `eligibility rules WORDS` prints; it must come to a good end."""
    done = CliRunner().invoke(app, ["rules", *map(str, words)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def refused(*words: str | Path) -> str:
    """The findings with which `eligibility rules WORDS` is refused."""
    done = CliRunner().invoke(app, ["rules", *map(str, words)])
    assert isinstance(done.exception, InputError), done.output or done.exception
    return "\n".join(finding.in_language("zh") for finding in done.exception.findings)
