"""`eligibility rules check`: each file of `good/` and `bad/` says itself what must be found in it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eligibility.engine.reference_conditions import evaluate_condition
from eligibility.model.diagnostic import InputError
from eligibility.model.parameters_read import OPTIONAL, REQUIRED
from eligibility.model.policy import FactType, Formula
from eligibility.model.truth import Truth
from eligibility.rulebook.lint import Checked, check_rules
from eligibility.rulebook.lint.conditions import answer_of
from eligibility.rulebook.lint.kleene import mark_of
from eligibility.rulebook.lint.points import Ground, known_rows
from eligibility.rulebook.loading import load_policy
from eligibility.rulebook.problems import Level
from rulebook.overlay import BASE, Overlay
from rulebook.rule_copy import AS_OF, RULES, RuleCopy
from rulebook.test_rulebook_expressions import compiled

HERE = Path(__file__).parent
BAD, GOOD = (sorted((HERE / kind).glob("*.yaml")) for kind in ("bad", "good"))
WARNINGS = {
    "timeline_gap", "unused_parameter", "unused_condition", "unused_fact", "unused_list", "always_proven", "always_refuted",
    "dead_clause", "clause_for_all", "idle_clause", "same_clause", "seen_without_text", "no_feature", "no_features", "feature_without_clause",
    "unknown_tag", "missing_english", "to_be_filled", "as_the_sister", "no_regime", "improbable_value",
}  # fmt: skip


def checked(source: Path, folder: Path) -> tuple[Overlay, Checked]:
    overlay = Overlay.of(source, folder / "laid")
    return overlay, check_rules(overlay.rules, as_of=AS_OF)


def test_there_are_enough_of_them() -> None:
    assert len(BAD) >= 40
    assert len(GOOD) >= 10


@pytest.mark.parametrize("source", [*BAD, *GOOD], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_file_says_what_is_found_in_it(source: Path, tmp_path: Path) -> None:
    overlay, found = checked(source, tmp_path)
    assert sorted(map(overlay.said, found.findings)) == sorted(overlay.expected)
    assert bool(overlay.expected) == (source.parent.name == "bad")


@pytest.mark.parametrize("source", BAD, ids=lambda path: path.stem)
def test_every_finding_says_how_to_mend_it_in_both_languages(source: Path, tmp_path: Path) -> None:
    _, found = checked(source, tmp_path)
    for one in found.findings:
        assert all(len(text) > 3 for text in (*one.problem, *one.remedy)), one
        assert (one.level is Level.WARNING) == (one.code in WARNINGS), one


def test_every_column_lies_within_its_line(tmp_path: Path) -> None:
    for source in BAD:
        _, found = checked(source, tmp_path / source.stem)
        for one in found.findings:
            lines = Path(one.at.file).read_text(encoding="utf-8").splitlines() or [""]
            assert one.at.col <= len(lines[one.at.row - 1]) + 1, (source.stem, one)


def test_the_base_and_the_rules_as_they_stand_are_clean() -> None:
    assert check_rules(BASE / "rules", as_of=AS_OF).findings == ()
    found = check_rules(RULES, as_of=AS_OF)
    assert found.findings == ()
    assert {"km-reform", "km-2007"} <= set(found.rulebooks)


def test_one_rulebook_alone_is_checked_as_well(tmp_path: Path) -> None:
    rules = RuleCopy.at(tmp_path)
    rules.edit("km-reform/conditions.yaml", "age_at_approval >= adult_age", "age_at_aproval >= adult_age")
    other, spoilt = (check_rules(rules.root / name, as_of=AS_OF) for name in ("km-2007", "km-reform"))
    assert [f.code for f in other.findings if f.level is Level.ERROR] == []
    assert [f.nearest for f in spoilt.findings if f.level is Level.ERROR] == ["age_at_approval"]


def test_three_typing_errors_are_found_at_once_and_mended_from_what_is_said(tmp_path: Path) -> None:
    rules = RuleCopy.at(tmp_path)
    shutil.copytree(RULES.parent / "features", tmp_path / "features")
    rules.edit(
        "km-reform/conditions.yaml", "remaining_per_head <= most_land_line", "remaining_per_head <= most_land_lnie"
    )
    rules.edit("km-reform/clauses/adult.yaml", "kind: register", "kind: registr")
    rules.edit("km-reform/parameters/most_land_line.yaml", "alternatives:", "alternativs:")
    said = [(Path(f.at.file).name, f.nearest) for f in check_rules(rules.root, as_of=AS_OF).findings]
    assert ("conditions.yaml", "most_land_line") in said
    assert ("adult.yaml", "register") in said
    assert ("most_land_line.yaml", "alternatives") in said
    rules.edit("km-reform/conditions.yaml", "most_land_lnie", "most_land_line")
    rules.edit("km-reform/clauses/adult.yaml", "kind: registr", "kind: register")
    rules.edit("km-reform/parameters/most_land_line.yaml", "alternativs:", "alternatives:")
    assert check_rules(rules.root, as_of=AS_OF).findings == ()


def test_a_rulebook_no_longer_in_force_is_read_as_on_its_last_day(tmp_path: Path) -> None:
    overlay = Overlay.of(HERE / "good" / "unset_value.yaml", tmp_path)
    book = overlay.rules / "base" / "rulebook.yaml"
    book.write_text(
        book.read_text("utf-8").replace("since: 2010-01-01", "since: 2010-01-01, until: 2012-01-01"), "utf-8"
    )
    assert check_rules(overlay.rules, as_of=AS_OF).findings == ()


def test_what_shared_files_have_wrong_is_said_once(tmp_path: Path) -> None:
    rules = RuleCopy.at(tmp_path)
    rules.edit("reasons.yaml", "documents: [id_card]", "documents: [id_crad]")
    found = [f for f in check_rules(rules.root, as_of=AS_OF).findings if f.level is Level.ERROR]
    assert [(f.code, f.nearest) for f in found] == [("unknown_name", "id_card")]


def test_what_is_wrong_with_the_regimes_is_said_too(tmp_path: Path) -> None:
    rules = RuleCopy.at(tmp_path)
    (rules.root / "regimes.yaml").write_text("none_or_several: manual_review\nregims: []\n", encoding="utf-8")
    found = {f.code for f in check_rules(rules.root, as_of=AS_OF).findings if Path(f.at.file).name == "regimes.yaml"}
    assert found == {"unknown_key", "missing_key"}


def test_no_rulebook_at_all(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        check_rules(tmp_path, as_of=AS_OF)


def test_the_parameters_that_facts_are_made_by_are_those_the_program_asks_for() -> None:
    source = RULES.parent / "src" / "eligibility"
    declared = load_policy(RULES / "km-reform", as_of=AS_OF).parameters
    asked = {
        name
        for room in ("facts", "reconcile")
        for path in (source / room).rglob("*.py")
        for name in re.findall(r'"([a-z_]+)"', path.read_text(encoding="utf-8"))
        if name in declared
    }
    assert asked == set(REQUIRED) | OPTIONAL


POLICY = load_policy(RULES / "km-reform", as_of=AS_OF)
GROUND = Ground(POLICY.facts, POLICY.parameters)
TEXTS = [
    "lawful_loss > 0", "own_area <= lawful_loss", "remaining_per_head <= most_land_line", "lawful_loss != 2 亩", "student",
    "lawful_loss = own_area", "age_at_approval < 16 岁", "age_at_approval >= adult_age", "approval_date >= start_date",
    "unknown(student)", "unknown(lawful_loss)", "officer", "employee_pension = 'none'", "employee_pension != 'insured'",
    "employee_pension in ('insured', 'drawing')", "hukou_district in local_places", "public_staff_excluded",
]  # fmt: skip
EXPRESSIONS = st.recursive(
    st.sampled_from(TEXTS),
    lambda inner: st.one_of(
        inner.map("not ({})".format),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map("({0[0]} {0[1]} {0[2]})".format),
    ),
    max_leaves=4,
)
NUMBERS = st.one_of(st.none(), st.sampled_from([0, 1, 15, 16, 17, 2_000_000, 29_999_999, 30_000_000, 30_000_001]))
VALUES: dict[FactType, Any] = {
    FactType.TRUTH: st.sampled_from([True, False, None]),
    FactType.CHOICE: st.sampled_from(["none", "insured", "drawing", "呈贡区", "五华区", None]),
    FactType.DATE: st.sampled_from([None, date(2008, 12, 31), date(2009, 1, 1), date(2020, 5, 5)]),
}


@st.composite
def rows(draw: Any) -> dict[str, Any]:
    """One row of facts, each a range or a value, known or not."""
    found: dict[str, Any] = {}
    for spec in POLICY.facts.values():
        if not spec.type.ordered:
            found[spec.id] = draw(VALUES[spec.type])
            continue
        low, high = draw(VALUES.get(spec.type, NUMBERS)), draw(VALUES.get(spec.type, NUMBERS))
        found[spec.id] = (high, low) if None not in (low, high) and low > high else (low, high)
    return found


def columns(row: dict[str, Any]) -> dict[str, Any]:
    return {
        column: value
        for name, known in row.items()
        for column, value in zip(
            POLICY.facts[name].columns, known if POLICY.facts[name].type.ordered else (known,), strict=True
        )
    }


def formula(text: str) -> Formula:
    made, wrong = compiled(text)
    assert not wrong, text
    return made


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(EXPRESSIONS, rows())
def test_a_formula_means_the_same_to_the_checks_as_to_the_engine(text: str, row: dict[str, Any]) -> None:
    made = formula(text)
    assert mark_of(made, row) is evaluate_condition(made, columns(row), POLICY.facts)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(EXPRESSIONS, rows())
def test_what_is_called_always_so_is_so_of_everybody(text: str, row: dict[str, Any]) -> None:
    made = formula(text)
    if known_rows([made], GROUND) is not None and (answer := answer_of(made, GROUND)) is not None:
        assert mark_of(made, row) in (answer, Truth.OPEN)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("lawful_loss >= 0", Truth.PROVEN),
        ("lawful_loss < 0", Truth.REFUTED),
        ("student or not student", Truth.PROVEN),
        ("age_at_approval > 16 岁 and age_at_approval < 18 岁", None),
        ("age_at_approval > 16 岁 and age_at_approval < 17 岁", Truth.REFUTED),
        ("lawful_loss < own_area and own_area < lawful_loss", Truth.REFUTED),
        ("lawful_loss < own_area or own_area <= lawful_loss", Truth.PROVEN),
        ("lawful_loss < own_area and own_area < remaining_area and remaining_area < lawful_loss", Truth.REFUTED),
        ("lawful_loss < own_area and own_area < remaining_area and remaining_area < 3 平方米", None),
        ("approval_date >= start_date or approval_date < start_date", Truth.PROVEN),
        ("employee_pension = 'none' and employee_pension = 'insured'", Truth.REFUTED),
        ("employee_pension != 'none'", None),
        ("not student and unknown(student)", Truth.REFUTED),
        ("unknown(student) and not unknown(student)", Truth.REFUTED),
        ("public_staff_excluded", None),
        ("remaining_per_head <= most_land_line or remaining_per_head > 0.2 亩", Truth.PROVEN),
        ("remaining_per_head <= most_land_line or remaining_per_head > 0.3 亩", None),
    ],
)
def test_the_few_points_tell_always_from_sometimes(text: str, answer: Truth | None) -> None:
    assert answer_of(formula(text), GROUND) == answer


def test_a_formula_too_large_to_try_is_not_judged() -> None:
    truths = [spec.id for spec in POLICY.facts.values() if spec.type is FactType.TRUTH][:16]
    assert answer_of(formula(" or ".join([*truths, f"not {truths[0]}"])), GROUND) is None


def call(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        str(RULES.parent / "cli.py"),
        "rules",
        "check",
        *map(str, words),
        "--as-of",
        "2022-10-31",
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_tells_place_problem_remedy_and_ends_with_2_on_errors(tmp_path: Path) -> None:
    overlay = Overlay.of(HERE / "bad" / "unknown_parameter.yaml", tmp_path)
    done = call(overlay.rules)
    assert done.returncode == 2
    file, code, line, column, nearest = overlay.expected[0]
    assert f"{overlay.root / file}:{line}:{column}: 错误 [{code}]" in done.stdout
    assert f"是否应为“{nearest}”" in done.stdout
    assert "1 个错误，1 个警告" in done.stdout


def test_warnings_alone_end_with_0_and_json_has_everything(tmp_path: Path) -> None:
    overlay = Overlay.of(HERE / "bad" / "unused_fact.yaml", tmp_path)
    done = call(overlay.rules / "base", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["errors"], told["warnings"]) == (0, 0, 1)
    [found] = told["findings"]
    assert (found["level"], found["code"], found["line"], found["column"]) == ("warning", "unused_fact", 3, 1)
    assert found["problem"]["zh"] and found["remedy"]["en"]
