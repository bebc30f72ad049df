"""The small dossier of the documentation, decided once."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.reference.small_run import published


@pytest.fixture(scope="session")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("documentation") / "out"
    published(out)
    return out
