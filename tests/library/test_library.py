"""The program called from Python: a run, what it says, what would change it; nothing printed, nothing ended."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import networkx as nx
import pytest

import eligibility
from support.paper_folder import RULES, Papers, resident_id, whole_loss

AS_OF = date(2022, 10, 31)


def village() -> Papers:
    """Two persons of whom one lost all land and one is on public staff, and one whose household has no paper."""
    return whole_loss().person(5, household_id="H5")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> eligibility.Run:
    folder = tmp_path_factory.mktemp("library")
    return eligibility.run(village().write(folder / "in"), rules="km-reform", as_of=AS_OF, out=folder / "out")


def test_a_run_says_who_is_what(run: eligibility.Run) -> None:
    assert sum(run.outcomes().values()) == 3
    rows = run.decisions().filter("household_id = 'H1'").project("resident_id, outcome").fetchall()
    assert rows == [(resident_id(1), "eligible")]
    assert run.as_of == AS_OF
    assert run.policy.id == "km-reform"


def test_the_same_run_is_opened_again(run: eligibility.Run) -> None:
    with eligibility.open_run(run.folder) as again:
        assert again.outcomes() == run.outcomes()
        assert again.table("link.links").fetchall() == run.table("link.links").fetchall()


def test_the_matching_is_a_networkx_graph_with_evidence_and_areas(run: eligibility.Run) -> None:
    graph = run.matching_graph()
    assert isinstance(graph, nx.Graph)
    (edge,) = graph.edges(data=True)
    approval, line = sorted(edge[:2], reverse=True)
    assert (approval[0], line) == ("approval", ("agreement", "协1", "farmland"))
    told = edge[2]
    area = graph.nodes[line]["area_umu"]
    assert (told["certainty"], told["area_umu_min"], told["area_umu_max"]) == ("certain", area, area)
    assert told["score"] == sum(told["evidence"].values()) > 0
    (parcel,) = graph.nodes[approval]["parcels"]
    assert (parcel["community"], parcel["groups"]) == ("乌龙社区", ["1"])


def test_a_person_is_explained_with_a_masked_id(run: eligibility.Run) -> None:
    told = run.explain(resident_id(1))
    assert resident_id(1) not in told.json() + told.html()
    assert told.decisions[0].outcome == "eligible"


def test_open_questions_and_findings_are_relations(run: eligibility.Run) -> None:
    assert {one[0] for one in run.questions().project("subject").fetchall()} >= {"H5"}
    assert "agreement_no" in run.discrepancies().columns
    assert "remedy" in run.quarantine().columns


def test_a_what_if_counts_and_leaves_the_run_as_it_is(run: eligibility.Run) -> None:
    before = run.outcomes()
    same = run.what_if(most_land_line="0.30")
    assert same.as_json()["persons"] == 3
    assert not [shift for shift in same.redecided.shifts if shift.turned]
    assert run.outcomes() == before


def test_the_record_is_verified_and_the_run_decided_again(run: eligibility.Run) -> None:
    assert eligibility.verify(run.folder).events == 1
    again = eligibility.replay(run.folder)
    assert "decisions.parquet" in again.same
    assert not again.different


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda run: run.explain("530199190001010000"), "person_unknown"),
        (lambda run: run.table("link.linx"), "unknown_name"),
        (lambda run: run.what_if(most_land="1"), "unknown_name"),
        (lambda _: eligibility.open_run("nowhere"), "run_missing"),
        (lambda _: eligibility.load_rulebook("km-reforn"), "rulebook_missing"),
    ],
)
def test_what_cannot_be_is_refused_with_place_and_remedy(run: eligibility.Run, call, code: str) -> None:
    with pytest.raises(eligibility.InputError) as refused:
        call(run)
    (finding,) = refused.value.findings
    assert finding.code == code
    assert finding.remedy.zh
    assert finding.remedy.en


def test_rules_and_cases(tmp_path: Path) -> None:
    assert eligibility.load_rulebook(as_of=AS_OF).id == "km-reform"
    assert not [one for one in eligibility.check_rules(RULES, as_of=AS_OF).findings if one.level.value == "error"]
    from eligibility.rulebook import example_case

    case = tmp_path / "case.yaml"
    case.write_text(example_case(eligibility.load_rulebook(as_of=AS_OF)), encoding="utf-8")
    assert eligibility.check_case(case, as_of=AS_OF).outcome == "manual_review"


def test_a_district_is_made_up(tmp_path: Path) -> None:
    made = eligibility.simulate(tmp_path / "d", persons=120, seed=4)
    assert made.persons == 120
    truth = duckdb.sql(f"SELECT count(*) FROM read_csv('{tmp_path}/d/truth/persons.csv')").fetchall()
    assert truth == [(120,)]


def test_nothing_is_printed_and_no_environment_is_read(tmp_path: Path) -> None:
    village().write(tmp_path / "in")
    code = (
        "import os; os.environ.clear(); import eligibility, datetime\n"
        f"run = eligibility.run({str(tmp_path / 'in')!r}, rules={str(RULES)!r}, as_of=datetime.date(2022, 10, 31), out={str(tmp_path / 'out')!r})\n"
        "assert run.outcomes()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_to_import_it_costs_nothing() -> None:
    code = "import sys, eligibility; print(sorted(name for name in sys.modules if name.startswith('eligibility')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['eligibility']"


def test_every_name_that_is_offered_is_there() -> None:
    for name in eligibility.__all__:
        assert getattr(eligibility, name).__doc__
