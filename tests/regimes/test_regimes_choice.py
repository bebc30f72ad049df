"""Which rulebook applies, by the day of approval and the place of the land."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from eligibility.model.diagnostic import InputError
from eligibility.model.policy import Policy, Status
from eligibility.rulebook import choose, load_policy, other_regimes, read_regimes, rulebooks

RULES = Path(__file__).parents[2] / "rules"
REGIMES = read_regimes(RULES)
AS_OF = date(2022, 10, 31)
OLD, NEW = date(2008, 12, 31), date(2009, 1, 1)


@pytest.mark.parametrize(
    ("first", "last", "place", "rulebooks"),
    [
        (OLD, OLD, "呈贡区", ("km-2007",)),
        (NEW, NEW, "呈贡区", ("km-reform",)),
        (OLD, NEW, "呈贡区", ("km-2007", "km-reform")),
        (None, OLD, "官渡区", ("km-2007",)),
        (NEW, None, "晋宁县", ("km-reform",)),
        (None, None, "呈贡区", ("km-2007", "km-reform")),
        (NEW, NEW, "文山市", ("wenshan-2019",)),
        (OLD, OLD, "文山市", ()),
        (OLD, OLD, "娄星区", ("louxing-2016",)),
        (date(2012, 1, 1), date(2012, 1, 1), "原州区", ("guyuan-2016",)),
        (date(2011, 12, 31), date(2011, 12, 31), "原州区", ()),
        (NEW, NEW, "曲靖市", ()),
        (NEW, NEW, None, ("km-reform", "wenshan-2019", "louxing-2016")),
    ],
)
def test_the_day_and_the_place_choose(
    first: date | None, last: date | None, place: str | None, rulebooks: tuple[str, ...]
) -> None:
    assert choose(REGIMES, (first, last), place) == rulebooks


@pytest.mark.parametrize(
    ("rulebook", "first", "last", "others"),
    [
        ("km-reform", OLD, OLD, ["km-2007"]),
        ("km-reform", None, OLD, ["km-2007"]),
        ("km-reform", OLD, NEW, []),
        ("km-reform", None, None, []),
        ("km-reform", NEW, NEW, []),
        ("km-2007", NEW, NEW, ["km-reform"]),
        ("wenshan-2019", OLD, OLD, []),
        ("nowhere", OLD, OLD, []),
    ],
)
def test_another_is_named_only_where_this_one_cannot_apply_on_any_day(
    rulebook: str, first: date | None, last: date | None, others: list[str]
) -> None:
    assert [regime.rulebook for regime in other_regimes(REGIMES, rulebook, (first, last))] == others


def test_every_rulebook_has_its_regime_and_every_regime_its_rulebook() -> None:
    """But those of other places that stand there for comparison alone, which no land is decided by."""
    compared = {name for name in rulebooks(RULES) if "仅供对照" in (RULES / name / "rulebook.yaml").read_text("utf-8")}
    assert sorted(regime.rulebook for regime in REGIMES) == sorted(set(rulebooks(RULES)) - compared)


@pytest.mark.parametrize("regime", REGIMES, ids=lambda regime: regime.rulebook)
def test_a_regime_agrees_with_its_rulebook_on_day_and_place(regime: object) -> None:
    policy = load_policy(RULES / regime.rulebook, as_of=AS_OF)
    assert set(_words(policy, "local_places")) <= set(regime.places)
    if "after_start" in policy.clauses:
        assert regime.since == policy.value("start_date")


def test_how_surely_the_choice_is_known() -> None:
    known = {regime.rulebook: regime.citation.status for regime in REGIMES}
    assert known["km-2007"] is known["km-reform"] is Status.ASSUMED
    assert known["wenshan-2019"] is Status.QUOTED


def test_rules_without_a_regimes_file_choose_nothing(tmp_path: Path) -> None:
    assert read_regimes(tmp_path) == ()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("    until: 2009-01-01\n", "    untill: 2009-01-01\n", "untill"),
        ("instrument: wenshan-2019", "instrument: wenshan-2091", "wenshan-2019"),
        ("places: [娄星区]", "places: []", "places"),
        ("    since: 2012-01-01\n", "    since: 2012-01-01\n    until: 2011-01-01\n", "bad_timeline"),
        ("none_or_several: manual_review", "none_or_several: not_eligible", "none_or_several"),
    ],
)
def test_a_wrong_line_is_told_with_its_place(old: str, new: str, code: str, tmp_path: Path) -> None:
    shutil.copy(RULES / "instruments.yaml", tmp_path)
    text = (RULES / "regimes.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (tmp_path / "regimes.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_regimes(tmp_path)
    (found,) = raised.value.findings
    assert found.at.file.endswith("regimes.yaml")
    changed = text[: text.index(old)].count("\n") + 1
    assert changed <= (found.at.row or 0) <= changed + 1
    assert code in found.in_language("zh") + new


def _words(policy: Policy, parameter: str) -> tuple[str, ...]:
    value = policy.value(parameter) if parameter in policy.parameters else ()
    return value if isinstance(value, tuple) else ()
