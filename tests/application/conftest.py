"""Runs shared by the tests of this folder."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from reviewed_run import reviewed_run


@pytest.fixture(scope="session")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run decided with answers, some of which contradict the papers, and with judgements."""
    return reviewed_run(tmp_path_factory.mktemp("reviewed"))
