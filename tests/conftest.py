"""For all tests: every clause of every rulebook is a marker (`pytest -m most_land_lost`), so features may bear its tag."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def pytest_configure(config: pytest.Config) -> None:
    """Register a marker for each clause; an unregistered tag stays an error."""
    config.addinivalue_line("markers", "problem_case: 疑难情形")
    for clause in sorted({path.stem for path in ROOT.glob("rules/*/clauses/*.yaml")}):
        config.addinivalue_line("markers", f"{clause}: 条款 {clause}")
