"""A dossier to spoil, for every test of this room."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.intake_papers import Dossier


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    """Three invented persons in two households of one community."""
    return Dossier(tmp_path / "卷宗")
