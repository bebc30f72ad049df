"""What an explanation says of one person, and that a profile is explained once."""

from __future__ import annotations

from pathlib import Path

import pytest

from eligibility.adjudicate.explain import Explainer, Explanation, explain, explain_profile
from eligibility.adjudicate.explain.places import columns_of_facts
from eligibility.model.derived_facts import WHEN_USED
from eligibility.model.tables import TABLES
from eligibility.model.truth import Truth
from eligibility.rulebook import load_policy
from support.paper_folder import APPROVAL, AS_OF, RULES, Papers, resident_id, whole_loss

POLICY = load_policy(RULES, as_of=AS_OF)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Explainer:
    """人1 eligible, 人2 refused, 人3 too young, 人4 of unknown status, 人5 of another group, where nothing was taken."""
    papers = whole_loss().person(3, born="1997-05-02").person(4, public_staff="")
    papers.person(5, household_id="H5", group="二组").certificate("H5")
    return Explainer(papers.decide(tmp_path_factory.mktemp("base"), POLICY).con, POLICY)


def of(base: Explainer, number: int, born: str = "1970-01-01") -> Explanation:
    (one,) = base.of(resident_id(number, born))
    return one


def told(papers: Papers, folder: Path, number: int = 1, born: str = "1970-01-01") -> Explanation:
    (one,) = explain(papers.decide(folder, POLICY).con, POLICY, resident_id(number, born))
    return one


def without(table: str) -> Papers:
    papers = whole_loss()
    del papers.tables[table][0]
    return papers


def test_persons_of_one_profile_are_explained_from_one_build(tmp_path: Path) -> None:
    papers = whole_loss()
    for number in range(10, 16):
        papers.person(number)
    explainer = Explainer(papers.decide(tmp_path, POLICY).con, POLICY)
    found = [one for number in (1, *range(10, 16)) for one in explainer.of(resident_id(number))]
    assert (len(found), len({one.profile_id for one in found}), explainer.profiles.built) == (7, 1, 1)
    assert len({one.resident_id for one in found}) == 7


def test_the_first_line_says_outcome_and_why(base: Explainer, tmp_path: Path) -> None:
    assert of(base, 1).headline == "符合：各项要求均已证明"
    refused = of(base, 2)
    assert refused.headline == "不符合：本户没有因依法征收失去全部或大部分耕地"
    assert refused.headline_en.startswith("Not eligible: The household did not lose")
    waiting = told(without("title_certificates"), tmp_path)
    assert waiting.headline.startswith("待人工核查：") and "缺土地承包经营权证" in waiting.headline


def test_a_refused_case_says_what_it_lacks(base: Explainer) -> None:
    lacks = {one.outcome: one for one in of(base, 2).neighbours}
    assert lacks["eligible"].says == "距“符合”缺一项：失去全部土地 或 失去大部分土地"
    assert [[answer.answer for answer in answers] for answers in lacks["eligible"].lacking] == [[Truth.PROVEN]] * 2


def test_one_of_several_obstacles_is_not_called_the_only_one(tmp_path: Path) -> None:
    papers = whole_loss()
    papers.tables["persons"][1]["public_staff"] = "是"
    lacks = {one.outcome: one for one in told(papers, tmp_path, 2).neighbours}
    assert lacks["eligible"].says.startswith("距“符合”缺两项：不是财政供养人员")


def test_an_eligible_case_says_what_would_have_to_be_false(base: Explainer) -> None:
    one = of(base, 1)
    together = [{c for answer in answers for c in answer.conditions} for answers in one.refused_if]
    assert {"all_land_lost", "most_land_lost"} in together
    assert {"alive"} in together
    assert not [found for found in together if "contract_right" in found], "no paper refutes it"
    assert "“审核日健在”不成立" in one.refused_if_says


def test_a_young_person_is_one_thing_short(base: Explainer) -> None:
    one = of(base, 3, "1997-05-02")
    assert one.headline == "备案登记：征地批准时未满年龄，先备案登记"
    assert {n.outcome: n.says for n in one.neighbours}["eligible"] == "距“符合”缺一项：批准日已满年龄"


def test_papers_that_settle_it_come_with_the_body_that_supplies_them(base: Explainer) -> None:
    one = of(base, 4)
    (question,) = one.questions
    assert (question.documents, question.bodies) == (["财政供养人员名单"], ["人力资源社会保障部门"])
    assert question.title.startswith("人4（5301**********") and question.columns == "public_staff"
    assert {change.outcome for change in one.settlements} == {"eligible", "not_eligible"}


@pytest.mark.parametrize(
    ("area", "outcomes"),
    [("4.28", ["not_eligible", "eligible"]), ("4.20", ["manual_review", "eligible"]), ("4.10", ["eligible"] * 2)],
)
def test_another_line_would_decide_otherwise_or_not(area: str, outcomes: list[str], tmp_path: Path) -> None:
    papers = whole_loss()
    papers.tables["title_certificates"][0]["area_mu"] = area
    one = told(papers, tmp_path)
    line = {a.parameter: a for a in one.assumptions}["most_land_line"]
    assert (line.value, line.status) == ("0.3 亩", "assumed")
    assert [(other.value, other.outcome) for other in line.under] == list(
        zip(["0.2 亩", "0.8 亩"], outcomes, strict=True)
    )


def test_exactly_at_the_line_shows_what_each_comparison_would_do(tmp_path: Path) -> None:
    papers = whole_loss()
    papers.tables["title_certificates"][0]["area_mu"] = "4.30"
    unset = {a.parameter: a for a in told(papers, tmp_path).assumptions}["most_land_compare"]
    assert [other.outcome for other in unset.under] == ["not_eligible", "eligible"]


def test_a_value_by_which_facts_are_made_gives_no_single_answer(base: Explainer) -> None:
    complete = {a.parameter: a for a in of(base, 5).assumptions}["agreements_complete"]
    assert [other.outcome for other in complete.under] == [""]
    assert "manual_review" in complete.could_become


def test_a_fact_names_file_row_and_column(base: Explainer) -> None:
    facts = {fact.id: fact for fact in of(base, 1).facts}
    (roll,) = [paper for paper in facts["lawful_loss"].papers if paper.table == "payouts"]
    assert (roll.file, roll.row, roll.columns[0]) == ("payouts.csv", 2, "area_mu(C)")
    assert facts["lawful_loss"].says == "4.0000亩"
    assert facts["lawful_loss"].says_en == "4.0000 mu"


def test_every_fact_of_a_dossier_names_columns_of_the_contract() -> None:
    contract = {table.key: {column.key for column in table.columns} for table in TABLES}
    read = columns_of_facts()
    told_by_tables = {f for f, spec in POLICY.facts.items() if spec.in_dossier and not f.startswith("gap_")}
    assert set(read) == told_by_tables | WHEN_USED
    for tables in read.values():
        assert all(set(columns) <= contract[table] for table, columns in tables.items())


def test_the_agreement_shows_its_approval_and_the_rivals(tmp_path: Path) -> None:
    papers = whole_loss().approval("云国土资复〔2014〕7号", "30.00", approved_on="2014-02-03")
    (link,) = told(papers, tmp_path / "a").links
    assert (link.approvals[0].approval_no, link.approvals[0].certainty) == (APPROVAL, "certain")
    assert "引用批文文号一致（+12）" in link.approvals[0].evidence
    papers.tables["agreements"][0].update(cited_approval_no="", project="")
    (link,) = told(papers, tmp_path / "b").links
    assert {r.approval_no for r in link.approvals} == {APPROVAL, "云国土资复〔2014〕7号"}
    assert link.status == "ambiguous" and "可能的批文" in link.says


def test_a_citizen_reads_no_codes_and_nobody_else(tmp_path: Path) -> None:
    one = told(without("title_certificates"), tmp_path)
    assert one.citizen is not None
    said = repr(one.citizen)
    codes = [*POLICY.reasons, *POLICY.conditions, *POLICY.documents, *POLICY.bodies]
    assert not [code for code in codes if "_" in code and code in said]
    assert one.profile_id not in said
    assert "人2" not in said and resident_id(2) not in said
    assert "这不是拒绝" in one.citizen.opening.zh


def test_marks_alone_are_explained_without_a_person() -> None:
    marks = dict.fromkeys(POLICY.conditions, Truth.OPEN)
    one = explain_profile(POLICY, marks)
    assert (one.outcome, len(one.clauses)) == ("manual_review", len(POLICY.clauses))
    assert one.settlements and one.reasons
