"""A clause, its feature and its tag share one name; a clause without a specification is no law here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REGIMES = sorted(path.parent.name for path in (ROOT / "rules").glob("*/rulebook.yaml"))
CLAUSE_FEATURES = sorted((ROOT / "features").glob("*/*.feature"))


def tags(path: Path) -> list[str]:
    return re.findall(r"@(\S+)", "\n".join(line for line in _lines(path) if line.strip().startswith("@")))


def clauses(regime: str) -> set[str]:
    return {path.stem for path in (ROOT / "rules" / regime / "clauses").glob("*.yaml")}


def benefits(regime: str) -> set[str]:
    return {path.stem for path in (ROOT / "rules" / regime / "benefits").glob("*.yaml")}


@pytest.mark.parametrize("regime", REGIMES)
def test_every_clause_has_a_feature_and_every_feature_a_clause(regime: str) -> None:
    features = {path.stem for path in CLAUSE_FEATURES if path.parent.name == regime}
    assert clauses(regime)
    assert features == clauses(regime)


@pytest.mark.parametrize("path", CLAUSE_FEATURES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_feature_bears_the_tag_of_its_clause(path: Path) -> None:
    assert path.stem in tags(path)


@pytest.mark.parametrize("path", CLAUSE_FEATURES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_feature_shows_the_unknown(path: Path) -> None:
    assert any("不详" in line for line in _lines(path) if line.strip().startswith("|"))


@pytest.mark.parametrize(
    "path", sorted((ROOT / "features").rglob("*.feature")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_tags_name_clauses_and_benefits(path: Path) -> None:
    regime = path.relative_to(ROOT / "features").parts[0]
    assert set(tags(path)) - {"problem_case"} <= clauses(regime) | benefits(regime)


@pytest.mark.parametrize("regime", REGIMES)
def test_every_benefit_has_a_scenario(regime: str) -> None:
    features = (ROOT / "features" / regime).rglob("*.feature")
    assert benefits(regime) <= {tag for path in features for tag in tags(path)}


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()
