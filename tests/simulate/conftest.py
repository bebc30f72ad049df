from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from simulate_papers import Papers, district

from eligibility.simulation import Rates


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    """A district without any trouble."""
    return district(tmp_path_factory.mktemp("clean") / "d", persons=4000)


@pytest.fixture(scope="session")
def legible(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    """A district with every usual trouble, but every cell written plainly."""
    rates = replace(Rates(), cell_noise=0, unreadable=0, vague_date=0)
    return district(tmp_path_factory.mktemp("legible") / "d", persons=8000, rates=rates)
