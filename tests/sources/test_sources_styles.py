"""One made-up district in the nine tables and in the papers of three bureaus: no two of them may decide against each other.

What is true of each person stands beside the papers, so that a decision can be wrong, and not only different.
"""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

import eligibility
from eligibility.simulation import simulate

PERSONS, SEED, AS_OF = 150, 8, date(2022, 10, 31)
STYLED = {"database": 0.9, "villages": 0.7, "mixed": 0.7}
"""For each manner the share that has to be decided of what the nine tables decide."""
REVIEW = "manual_review"
Decisions = dict[str, str]


def decided(dossier: Path, out: Path) -> Decisions:
    eligibility.run(dossier, rules="km-reform", as_of=AS_OF, out=out)
    with (out / "decisions.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["resident_id"]: row["outcome"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("papers")
    for style in ("nine", *STYLED):
        simulate(folder / style, persons=PERSONS, seed=SEED, style=style)
    return {style: folder / style for style in ("nine", *STYLED)}


@pytest.fixture(scope="module")
def decisions(papers: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Decisions]:
    out = tmp_path_factory.mktemp("decided")
    return {style: decided(dossier, out / style) for style, dossier in papers.items()}


@pytest.fixture(scope="module")
def truth(papers: dict[str, Path]) -> Decisions:
    with (papers["nine"] / "truth" / "persons.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row[key]: row["outcome"] for row in rows for key in ("resident_id", "written_as")}


def against(one: Decisions, other: Decisions) -> dict[str, tuple[str, str]]:
    """Persons whom both decide, and not alike."""
    both = {person: (one[person], other[person]) for person in one.keys() & other.keys()}
    return {person: two for person, two in both.items() if REVIEW not in two and two[0] != two[1]}


def test_the_district_is_one_in_which_everything_is_decided(decisions: dict[str, Decisions]) -> None:
    assert {"eligible", "not_eligible", "register"} <= set(decisions["nine"].values())


@pytest.mark.parametrize("style", STYLED)
def test_every_person_is_decided_once_whatever_the_papers(decisions: dict[str, Decisions], style: str) -> None:
    assert decisions[style].keys() == decisions["nine"].keys()


@pytest.mark.parametrize("style", STYLED)
def test_no_manner_decides_against_another(decisions: dict[str, Decisions], style: str) -> None:
    assert all(against(decisions[style], other) == {} for other in decisions.values())


@pytest.mark.parametrize("style", STYLED)
def test_nobody_is_decided_against_what_is_true(decisions: dict[str, Decisions], truth: Decisions, style: str) -> None:
    assert against(decisions[style], truth) == {}
    early = [who for who, what in decisions[style].items() if what != REVIEW and truth.get(who, REVIEW) == REVIEW]
    assert [who for who in early if who in truth] == []


@pytest.mark.parametrize("style", STYLED)
def test_most_of_what_the_nine_tables_decide_is_decided(decisions: dict[str, Decisions], style: str) -> None:
    of_nine = [person for person, outcome in decisions["nine"].items() if outcome != REVIEW]
    also = [person for person in of_nine if decisions[style][person] != REVIEW]
    assert len(also) >= STYLED[style] * len(of_nine)


def spoilt(dossier: Path, to: Path, pattern: str, old: dict[str, str], encoding: str) -> Path:
    """A copy of a dossier with texts replaced in the files of a name."""
    shutil.copytree(dossier, to)
    for path in to.rglob(pattern):
        text = path.read_text(encoding=encoding)
        for before, after in old.items():
            text = text.replace(before, after)
        path.write_text(text, encoding=encoding)
    return to


def payees(dossier: Path) -> list[str]:
    """The ids on the rolls of the database manner."""
    found = []
    for path in sorted(dossier.rglob("补偿款兑付花名册*.csv")):
        with path.open(encoding="gb18030", newline="") as file:
            found += [row["户主身份证"] for row in csv.DictReader(file)]
    return found


def test_a_payee_whom_nobody_knows_refuses_nobody(
    papers: dict[str, Path], decisions: dict[str, Decisions], truth: Decisions, tmp_path: Path
) -> None:
    """Every third payee under an id of nobody: whose land it was is not known, and never taken for nobody's."""
    strange = {number: f"53019919000101{index:04d}" for index, number in enumerate(payees(papers["database"])[::3])}
    assert strange
    dossier = spoilt(papers["database"], tmp_path / "strange", "补偿款兑付花名册*.csv", strange, "gb18030")
    found = decided(dossier, tmp_path / "out")
    assert against(found, decisions["database"]) == {}
    assert against(found, truth) == {}


def test_without_the_statement_of_the_bureaus_nobody_is_off_their_lists(
    papers: dict[str, Path], decisions: dict[str, Decisions], tmp_path: Path
) -> None:
    """The lists without the mapping that declares them complete: nobody is registered or covered because he is not on one."""
    dossier = tmp_path / "undeclared"
    shutil.copytree(papers["database"], dossier)
    (dossier / "mapping.yaml").unlink()
    found = decided(dossier, tmp_path / "out")
    assert not {"eligible", "register"} & set(found.values())
    assert against(found, decisions["database"]) == {}
