"""Runs shared by the tests of this folder."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from rules_tools_runs import finished, households


@pytest.fixture(scope="session")
def around_the_line(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """人1 keeps 0.28 亩, 人2 0.32, 人3 0.36."""
    return finished(households(["4.28", "4.32", "4.36"]), tmp_path_factory.mktemp("around"))


@pytest.fixture(scope="session")
def on_the_line(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """人1 keeps 0.28 亩, 人2 exactly 0.30, 人3 0.32."""
    return finished(households(["4.28", "4.30", "4.32"]), tmp_path_factory.mktemp("on"))
