"""The made-up district, its policy, and one full run written to disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporting.reporting_district import a_district
from reporting.reporting_policy import a_policy
from reporting.reporting_run import write_run


@pytest.fixture(scope="session")
def district():
    return a_district()


@pytest.fixture(scope="session")
def policy():
    return a_policy()


@pytest.fixture(scope="session")
def run(tmp_path_factory) -> Path:
    return write_run(tmp_path_factory.mktemp("run"))
