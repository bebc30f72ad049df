"""A short run of the fuzzer: spoilt dossiers end with 0 or 2 and lose no row. The long one: python -m bench.fuzz."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from bench.fuzz.__main__ import ROOT, base_dossiers, one
from bench.fuzz.spoil import Files
from bench.fuzz.trial import Lost, trial

from eligibility.model.policy import Policy
from eligibility.rulebook import load_policy
from intake.intake_papers import PERSONS, ROW_LI, ROW_ZHANG, write_csv


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy(ROOT / "rules" / "km-reform", as_of=date(2022, 10, 31))


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> list[Files]:
    return base_dossiers(tmp_path_factory.mktemp("bases"))


@pytest.mark.parametrize("seed", range(8))
def test_spoilt_dossiers_are_read_or_refused(bases: list[Files], policy: Policy, tmp_path: Path, seed: int) -> None:
    ends = [one(bases, 7, number, policy, tmp_path, tmp_path / "kept") for number in range(seed * 5, seed * 5 + 5)]
    assert set(ends) <= {"exit 0", "exit 2"}, tmp_path / "kept"


def test_the_fuzzer_notices_a_lost_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_csv(tmp_path / "persons.csv", [PERSONS, ROW_ZHANG, ROW_LI, ["合计"]])
    assert trial(tmp_path) == 0
    monkeypatch.setattr("bench.fuzz.trial._LEFT_OUT", "('repeated_header')")
    with pytest.raises(Lost):
        trial(tmp_path)
