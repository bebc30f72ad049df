"""The sister rulebooks on papers: from a dossier to decisions, and which rulebook to try for land taken earlier."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from eligibility.adjudicate.explain import explain
from eligibility.cli.app import app
from eligibility.model.policy import Policy
from eligibility.rulebook import load_policy, read_regimes
from eligibility.simulation import simulate
from support.paper_folder import AS_OF, RULES, Papers, resident_id, whole_loss

SISTERS = ("km-2007", "wenshan-2019", "louxing-2016", "guyuan-2016")


def rulebook(name: str) -> Policy:
    return load_policy(RULES.parent / name, as_of=AS_OF)


def call(*words: str | Path) -> Result:
    """A command in this process: starting another costs more than the work."""
    return CliRunner().invoke(app, [str(word) for word in words])


def taken_on(day: str) -> Papers:
    papers = whole_loss()
    papers.tables["approvals"][0]["approved_on"] = day
    return papers


def four_heads(left: str, **person: str) -> Papers:
    """A household of four that keeps `left` 亩 in all."""
    papers = whole_loss()
    papers.tables["title_certificates"][0]["area_mu"] = left
    for number in (3, 4, 5):
        papers.person(number)
    papers.tables["persons"][0].update(person)
    return papers


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("regimes") / "district"
    simulate(out, persons=120, seed=7)
    return out


@pytest.mark.parametrize("name", SISTERS)
def test_a_district_is_decided_under_every_rulebook(name: str, district: Path, tmp_path: Path) -> None:
    done = call("run", district, "--rules", RULES.parent / name, "--as-of", "2022-10-31", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["rulebook"]["id"] == name
    assert sum(manifest["outcomes"].values()) == manifest["rows"]["persons"]["kept"] > 0
    assert manifest["second_evaluator"]["agree"] == manifest["second_evaluator"]["of"] > 0


@pytest.mark.parametrize(("name", "outcome"), [("km-2007", "eligible"), ("km-reform", "manual_review")])
def test_land_of_2008_is_a_matter_of_the_older_insurance(name: str, outcome: str, tmp_path: Path) -> None:
    assert taken_on("2008-05-01").decide(tmp_path, rulebook(name)).person()["outcome"] == outcome


def test_the_older_insurance_asks_for_some_land_only(tmp_path: Path) -> None:
    papers = four_heads("40.00")
    assert papers.decide(tmp_path / "a", rulebook("km-2007")).person()["outcome"] == "eligible"
    assert papers.decide(tmp_path / "b", rulebook("km-reform")).person()["outcome"] == "not_eligible"


@pytest.mark.parametrize(("born", "outcome"), [("1995-05-01", "eligible"), ("1995-05-02", "manual_review")])
def test_eighteen_when_the_land_was_taken_is_eighteen_on_joining(born: str, outcome: str, tmp_path: Path) -> None:
    papers = whole_loss().person(3, born=born)
    assert papers.decide(tmp_path, rulebook("km-2007")).person(3, born)["outcome"] == outcome


@pytest.mark.parametrize(
    ("name", "outcome", "reason"),
    [("km-2007", "not_eligible", "employee_pension"), ("guyuan-2016", "not_eligible", "employee_pension"),
     ("wenshan-2019", "eligible", ""), ("km-reform", "eligible", "")],
)  # fmt: skip
def test_who_has_an_employee_pension(name: str, outcome: str, reason: str, tmp_path: Path) -> None:
    papers = whole_loss()
    papers.tables["persons"][0].update(employee_pension="参保", hukou_place=HOME.get(name, "昆明市呈贡区"))
    found = papers.decide(tmp_path, rulebook(name)).person()
    assert (found["outcome"], found["reasons"]) == (outcome, reason)


HOME = {"wenshan-2019": "云南省文山州文山市"}


@pytest.mark.parametrize(("area", "outcome"), [("5.2", "eligible"), ("5.2001", "not_eligible")])
def test_exactly_at_the_line_counts_in_wenshan(area: str, outcome: str, tmp_path: Path) -> None:
    papers = four_heads(area, hukou_place=HOME["wenshan-2019"])
    assert papers.decide(tmp_path, rulebook("wenshan-2019")).person()["outcome"] == outcome


@pytest.mark.parametrize(("area", "mark"), [("4.8", "proven"), ("4.8001", "refuted")])
def test_exactly_at_the_line_counts_in_louxing(area: str, mark: str, tmp_path: Path) -> None:
    decided = four_heads(area).decide(tmp_path, rulebook("louxing-2016"))
    found = decided.row("SELECT * FROM verdict.profiles WHERE profile_id = ?", decided.person()["profile_id"])
    assert found["most_land_lost"] == mark


def test_what_no_paper_tells_goes_to_a_person(tmp_path: Path) -> None:
    papers = whole_loss()
    found = papers.decide(tmp_path / "a", rulebook("louxing-2016")).person()
    assert (found["outcome"], found["clauses_open"]) == ("manual_review", "moved_in;newborn")
    few_left = four_heads("4.40").decide(tmp_path / "b", rulebook("guyuan-2016")).person()
    assert (few_left["outcome"], few_left["reasons"]) == ("manual_review", "certificate_persons_unknown")
    nothing_left = papers.decide(tmp_path / "c", rulebook("guyuan-2016")).person()
    assert nothing_left["outcome"] == "eligible"


@pytest.mark.parametrize(
    ("day", "others"), [("2008-12-31", ["km-2007"]), ("2009-01-01", []), ("2008年", ["km-2007"]), ("", [])]
)
def test_an_explanation_names_the_rulebook_to_try(day: str, others: list[str], tmp_path: Path) -> None:
    policy = rulebook("km-reform")
    decided = taken_on(day).decide(tmp_path, policy)
    (told,) = explain(decided.con, policy, resident_id(1), read_regimes(RULES.parent))
    assert [regime.id for regime in told.try_regimes] == others


def test_a_finished_run_names_it_too(tmp_path: Path) -> None:
    taken_on("2008-05-01").write(tmp_path / "in")
    run = call("run", tmp_path / "in", "--rules", RULES, "--as-of", "2022-10-31", "--out", tmp_path / "out")
    assert run.exit_code == 0, run.output
    told = call("explain", resident_id(1), "--run", tmp_path / "out")
    assert "可试用的规则：km-2007" in told.stdout
    other = call("explain", resident_id(2), "--run", tmp_path / "out", "--json")
    assert [one["id"] for one in json.loads(other.stdout)["try_regimes"]] == ["km-2007"]


def test_the_review_day_may_lie_long_after_the_older_insurance() -> None:
    assert load_policy(RULES.parent / "km-2007", as_of=date(2026, 1, 1)).in_force_from == date(2007, 1, 1)


@pytest.mark.parametrize(
    ("words", "rulebooks"),
    [
        (("--approved", "2008年5月", "--place", "呈贡区"), ["km-2007"]),
        (("--approved", "2009-01-01", "--place", "呈贡区"), ["km-reform"]),
        (("--place", "呈贡区"), ["km-2007", "km-reform"]),
        (("--place", "曲靖市"), []),
        ((), ["km-2007", "km-reform", "wenshan-2019", "louxing-2016", "guyuan-2016"]),
    ],
)
def test_the_command_names_the_rulebooks_that_may_apply(words: tuple[str, ...], rulebooks: list[str]) -> None:
    asked = ("rules", "regimes", "--rules-dir", RULES.parent, *words)
    assert json.loads(call(*asked, "--json").output)["rulebooks"] == rulebooks
    assert ("转人工核查" in call(*asked).output) == (bool(words) and len(rulebooks) != 1)
