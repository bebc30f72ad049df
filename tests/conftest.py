"""For all tests: every clause of every rulebook is a marker (`pytest -m most_land_lost`), so features may bear its tag."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


CACHE = pytest.StashKey[tempfile.TemporaryDirectory[str]]()
"""What the commands under test note for the next stands here, not in the cache of whoever runs the tests."""


def pytest_configure(config: pytest.Config) -> None:
    """Speak Chinese whatever the shell says; register a marker for each clause; an unregistered tag stays an error."""
    os.environ["ELIGIBILITY_LANG"] = "zh"
    config.stash[CACHE] = tempfile.TemporaryDirectory(prefix="eligibility-cache-")
    os.environ["XDG_CACHE_HOME"] = config.stash[CACHE].name
    config.addinivalue_line("markers", "problem_case: 疑难情形")
    for clause in sorted(
        {path.stem for kind in ("clauses", "benefits") for path in ROOT.glob(f"rules/*/{kind}/*.yaml")}
    ):
        config.addinivalue_line("markers", f"{clause}: 条款 {clause}")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Forget what was noted."""
    config.stash[CACHE].cleanup()


@pytest.fixture(autouse=True)
def language_of_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--lang` stays in the environment of the process; a test begins without it and leaves none to the next."""
    monkeypatch.setenv("ELIGIBILITY_LANG", "zh")
