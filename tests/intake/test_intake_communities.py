"""Former names of communities, and the district written before them, lead to one community where the dates allow it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from eligibility.application.pipeline import execute
from eligibility.application.stage import Work
from eligibility.model.policy import FormerName, Policy
from eligibility.rulebook import load_policy
from rulebook.rule_copy import RuleCopy
from support.paper_folder import AS_OF, RULES, Papers

POLICY = load_policy(RULES, as_of=AS_OF)
RENAMED = replace(
    POLICY, communities={"乌龙社区": (FormerName("老龙潭村", until=date(2014, 1, 1)), FormerName("大龙屯"))}
)


def covered(papers: Papers, folder: Path, policy: Policy = RENAMED) -> tuple[str, set[str]]:
    """Status of the agreement, and the communities that persons and agreements are of."""
    with duckdb.connect() as con:
        execute(Work(con, policy, papers.write(folder)), last="reconcile")
        ((status,),) = con.execute("SELECT status FROM link.coverage").fetchall()
        keys = con.execute(
            "SELECT community_key FROM paper.agreements UNION SELECT community_key FROM paper.persons"
        ).fetchall()
    return status, {key for (key,) in keys}


@pytest.mark.parametrize(
    ("written", "signed", "expected"),
    [
        ("乌龙社区", "2013-08-01", "covered"),
        ("呈贡县乌龙街道办事处乌龙村委会", "2013-08-01", "covered"),
        ("老龙潭村", "2013-08-01", "covered"),
        ("呈贡区老龙潭村民委员会", "2013-12-31", "covered"),
        ("大龙屯社区", "2018-08-01", "covered"),  # a former name without a last day
        ("官渡区乌龙社区", "2013-08-01", "ambiguous"),  # another district's, though it cites an approval of this one
    ],
)
def test_names_by_which_papers_may_call_a_community(written: str, signed: str, expected: str, tmp_path: Path) -> None:
    papers = Papers().person().approval().agreement(community=written, signed_on=signed)
    assert covered(papers, tmp_path)[0] == expected


@pytest.mark.parametrize(
    ("written", "signed"),
    [
        ("老龙潭村", "2014-01-01"),  # by then it was no name of that community
        ("老龙潭村", ""),  # perhaps signed later
        ("新龙社区", "2013-08-01"),
    ],
)
def test_a_name_that_the_roster_does_not_have_may_be_its_community_and_refuses_nobody(
    written: str, signed: str, tmp_path: Path
) -> None:
    papers = Papers().person().certificate().group().approval().agreement(community=written, signed_on=signed)
    papers.agreement(
        "协9", "1.00", kind="租用", cited_approval_no=""
    )  # its community has agreements, so absence could count
    decided = papers.decide(tmp_path, RENAMED)
    assert decided.person()["outcome"] == "manual_review"
    assert decided.con.execute("SELECT count(*) FROM paper.quarantine WHERE code = 'ambiguous_place'").fetchall() == [
        (1,)
    ]


def test_an_approval_that_uses_the_former_name_joins_by_its_own_day(tmp_path: Path) -> None:
    papers = Papers().person().approval(community="老龙潭村").agreement()
    assert covered(papers, tmp_path / "then")[0] == "covered"
    later = Papers().person().approval(community="老龙潭村", approved_on="2015-01-01").agreement()
    assert covered(later, tmp_path / "later")[0] == "ambiguous"


def test_a_roster_may_use_either_name(tmp_path: Path) -> None:
    papers = Papers().person(community="老龙潭村").approval().agreement()
    assert covered(papers, tmp_path) == ("covered", {"乌龙"})


def test_a_former_name_of_two_communities_is_left_alone(tmp_path: Path) -> None:
    torn = replace(POLICY, communities={"乌龙社区": (FormerName("老龙潭村"),), "新龙社区": (FormerName("老龙潭村"),)})
    papers = Papers().person().approval().agreement(community="老龙潭村")
    assert covered(papers, tmp_path, torn)[1] == {"乌龙", "?老龙潭"}


def test_the_gazetteer_says_former_names_with_their_days(tmp_path: Path) -> None:
    rules = RuleCopy.at(tmp_path)
    path = rules.root / "gazetteer.yaml"
    said = "  communities: {乌龙社区: [大龙屯, {name: 老龙潭村, until: 2014-01-01}]}\n  note: 2011年撤县设区"
    path.write_text(path.read_text(encoding="utf-8").replace("  note: 2011年撤县设区", said), encoding="utf-8")
    policy = load_policy(rules.root / "km-reform", as_of=AS_OF)
    assert policy.communities == {"乌龙社区": (FormerName("大龙屯"), FormerName("老龙潭村", until=date(2014, 1, 1)))}
