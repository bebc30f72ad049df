"""One executed specification for the room, and a way to write a small one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from eligibility.specification import Specification, run_specification

ROOT = Path(__file__).parents[2]
RULES, FEATURES = ROOT / "rules" / "km-reform", ROOT / "features"
BACKGROUND = """# language: zh-CN
功能: 试写
  背景:
    假如 其余条件均已成立

"""


@pytest.fixture(scope="session")
def km_reform() -> Specification:
    """The specification of km-reform, executed once."""
    return run_specification(RULES, FEATURES)


@pytest.fixture
def tried(tmp_path: Path) -> Callable[[str], Specification]:
    """Executes scenarios written in the test against km-reform."""
    folder = tmp_path / "features" / "km-reform"
    folder.mkdir(parents=True)
    shutil.copy(FEATURES / "km-reform" / "其余条件.yaml", folder)

    def run(scenarios: str, name: str = "adult") -> Specification:
        (folder / f"{name}.feature").write_text(BACKGROUND + scenarios, encoding="utf-8")
        return run_specification(RULES, tmp_path / "features")

    return run
