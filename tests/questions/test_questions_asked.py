"""One paper is wrong: one question asks for it, gathers everyone it concerns, and its answer settles them."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import asked, changed, of_person, questions, waits, without

from eligibility.rulebook import load_policy
from support.paper_folder import AS_OF, RULES, Papers, resident_id, whole_loss


@pytest.mark.parametrize(
    ("papers", "asks", "subject"),
    [
        (changed("agreements", cited_approval_no="云国土资复〔2013〕12?号"), "link", "协1"),
        (changed("agreements", cited_approval_no="", kind="收储"), "link", "协1"),
        (without("approvals"), "link", "协1"),
        (changed("agreements", kind=""), "agreement", "协1"),
        (without("payouts"), "roll", "协1"),
        (changed("payouts", basis="均分"), "roll", "协1"),
        (without("title_certificates", 0), "certificate", "H1"),
        (without("title_certificates", 0).ledger(), "certificate", "H1"),
        (changed("approvals", authority=""), "competence", "云国土资复〔2013〕120号"),
        (changed("approvals", authority="市政府"), "competence", "云国土资复〔2013〕120号"),
        (changed("approvals", approved_on="2008-12-31"), "before_start", "云国土资复〔2013〕120号"),
        (changed("approvals", works="是"), "works", "云国土资复〔2013〕120号"),
        (changed("approvals", project="2013年度第十批次道路", batch="2013年度第十一批次"), "contradiction", "云国土资复〔2013〕120号"),
        (changed("persons", public_staff=""), "staff", resident_id(1)),
        (changed("persons", officer=""), "officer", resident_id(1)),
        (changed("persons", hukou_place="昆明市"), "hukou", resident_id(1)),
        (changed("persons", member_from=""), "membership", resident_id(1)),
        (changed("persons", membership_dispute="外嫁女"), "dispute", resident_id(1)),
        (changed("persons", imprisoned="是"), "imprisoned", resident_id(1)),
        (changed("persons", deceased_on="看不清"), "death", resident_id(1)),
        (changed("title_certificates", area_mu="4.30"), "ruling", "人均耕地恰为标准时是否算失去大部分土地"),
    ],
)  # fmt: skip
def test_one_wrong_paper_is_one_question_that_settles_the_person(
    papers: Papers, asks: str, subject: str, tmp_path: Path
) -> None:
    decided = asked(papers, tmp_path)
    assert of_person(decided, resident_id(1)) == {asks}
    found = next(one for one in questions(decided) if one["asks"] == asks)
    assert found["subject"] == subject
    assert found["persons_touched"] >= 1
    # an answer helps nobody where the cited approval is not in the dossier, or a paper has to be mended
    lacking = asks == "link" and "approvals" not in papers.tables
    mended = lacking or asks in {"agreement", "ruling", "contradiction", "before_start"}
    assert found["persons_settled"] == (0 if mended else found["persons_touched"])
    assert found["documents"] and found["bodies"]


def group_without_roll() -> Papers:
    """Three households of one person each; H1 lost all, H2 and H3 half, and nobody wrote it down."""
    papers = Papers().group().approval(area="12.00").agreement(area="8.00")
    for number in (1, 2, 3):
        papers.person(number, household_id=f"H{number}").certificate(f"H{number}", "4.00")
    return papers


def test_one_missing_roll_gathers_its_group_and_its_answer_settles_it(tmp_path: Path) -> None:
    papers = group_without_roll()
    decided = asked(papers, tmp_path / "a")
    (roll,) = questions(decided)
    assert (roll["asks"], roll["kind"], roll["persons_touched"], roll["persons_settled"]) == ("roll", "roll", 3, 3)
    assert (roll["community"], roll["group_name"]) == ("乌龙社区", "一组")
    papers.line("H1", "4.00").line("H2", "2.00").line("H3", "2.00")
    assert questions(asked(papers, tmp_path / "b")) == []


def test_two_things_missing_settle_nobody_alone(tmp_path: Path) -> None:
    papers = group_without_roll()
    papers.tables["agreements"][0]["cited_approval_no"] = "云国土资复〔2013〕12?号"
    papers.tables["agreements"][0]["project"] = ""
    found = questions(asked(papers, tmp_path))
    assert {one["asks"]: (one["persons_touched"], one["persons_settled"]) for one in found} == {
        "link": (3, 0),
        "roll": (3, 0),
    }


def test_an_agreement_that_cannot_be_read_is_asked_for_and_its_mending_settles_the_group(tmp_path: Path) -> None:
    papers = (
        whole_loss()
        .person(5, household_id="H5", group="二组")
        .certificate("H5")
        .agreement("协9", "约五亩", group="二组")
    )
    decided = asked(papers, tmp_path / "a")
    (lost,) = questions(decided)
    assert (lost["asks"], lost["subject"], lost["persons_settled"]) == ("lost_agreement", "协9", 0)
    papers.tables["agreements"][1].update(area="4.00", cited_approval_no="云国土资复〔2014〕7号")
    papers.approval("云国土资复〔2014〕7号", "4.00", approved_on="2014-02-03")
    papers.tables["approval_parcels"][1]["groups"] = "二组"
    assert questions(asked(papers.line("H5", "4.00", "协9"), tmp_path / "b")) == []


def test_a_community_without_a_list_of_agreements_is_one_question(tmp_path: Path) -> None:
    papers = whole_loss()
    for number in (5, 6):
        papers.person(number, household_id=f"H{number}", community="吴家营社区").certificate(f"H{number}")
    (listing,) = questions(asked(papers, tmp_path))
    assert (listing["asks"], listing["subject"], listing["persons_settled"]) == ("unlisted", "吴家营社区", 0)


def test_an_unread_file_is_one_question_for_everyone_who_waits_for_it(tmp_path: Path) -> None:
    papers = whole_loss().person(5, household_id="H5").certificate("H5")
    folder = papers.write(tmp_path / "d")
    (folder / "附件2：补充征地协议.docx").write_bytes(b"PK")
    decided = asked(papers, folder)
    (unread,) = questions(decided)
    waiting = [one for one in (1, 2, 5) if decided.person(one)["outcome"] == "manual_review"]
    assert (unread["asks"], unread["subject"]) == ("unread", "附件2：补充征地协议.docx")
    assert unread["persons_touched"] == len(waiting) > 0
    assert waits(decided)["unread_paper"] == (1, len(waiting))


def test_an_agreement_that_contradicts_the_approval_it_cites_is_one_question(tmp_path: Path) -> None:
    papers = changed("approval_parcels", groups="二组").person(5, household_id="H5", group="二组").certificate("H5")
    del papers.tables["payouts"]
    decided = asked(papers, tmp_path)
    (misplaced,) = [one for one in questions(decided) if one["asks"] == "misplaced"]
    assert misplaced["subject"] == "协1"
    assert "misplaced" in of_person(decided, resident_id(5))
    assert waits(decided)["place_contradicted"][0] == 1


def test_a_household_in_two_groups_is_asked_where_it_belongs(tmp_path: Path) -> None:
    papers = changed("persons", group="二组").person(3)
    (place,) = [one for one in questions(asked(papers, tmp_path)) if one["asks"] == "place"]
    assert (place["subject_kind"], place["subject"]) == ("household", "H1")


def test_a_household_without_papers_beside_others_with_papers_is_asked_for_its_certificate_or_whence_it_was_divided(
    tmp_path: Path,
) -> None:
    decided = asked(whole_loss().person(5, household_id="H5"), tmp_path)
    (apart,) = [one for one in questions(decided) if one["subject"] == "H5"]
    assert (apart["asks"], apart["persons_touched"]) == ("certificate", 1)
    assert "分出" in apart["title"]


def test_who_waits_for_a_trouble_is_counted_by_its_code_and_nobody_for_what_only_informs(tmp_path: Path) -> None:
    papers = changed("persons", public_staff="不清楚").approval("云国土资复〔2014〕9号", "500.00")
    assert waits(asked(papers, tmp_path)) == {"bad_enum": (1, 1)}


def test_a_head_in_doubt_is_asked_about_for_the_whole_household(tmp_path: Path) -> None:
    papers = changed("title_certificates", area_mu="4.80").person(3).person(4, member_from="")
    decided = asked(papers, tmp_path)
    (membership,) = [one for one in questions(decided) if one["persons_touched"] > 1]
    assert (membership["asks"], membership["subject"]) == ("membership", resident_id(4))
    assert of_person(decided, resident_id(1)) == of_person(decided, resident_id(3)) == {"membership"}


def test_a_blank_school_cell_asks_nothing_of_the_old(tmp_path: Path) -> None:
    papers = changed("persons", student="").person(3, born="1996-01-01", student="")
    papers.tables["agreements"][0].update(cited_approval_no="", project="")
    decided = asked(papers, tmp_path)
    assert of_person(decided, resident_id(1)) == {"link"}
    assert of_person(decided, resident_id(3, "1996-01-01")) == {"link", "school"}


def test_who_joined_between_two_takings_is_asked_about_by_name(tmp_path: Path) -> None:
    papers = whole_loss().approval("云国土资复〔2016〕7号", "2.00", approved_on="2016-02-03")
    papers.agreement("协2", "2.00", cited_approval_no="云国土资复〔2016〕7号").line("H1", "2.00", "协2")
    papers.tables["title_certificates"][0]["area_mu"] = "6.00"
    papers.tables["persons"][0]["member_from"] = "2014-01-01"
    assert of_person(asked(papers, tmp_path), resident_id(1)) == {"between"}


def test_rows_that_contradict_are_one_question(tmp_path: Path) -> None:
    papers = whole_loss().person(1, public_staff="是")
    assert of_person(asked(papers, tmp_path), resident_id(1)) == {"conflict"}


def test_another_rulebook_asks_too(tmp_path: Path) -> None:
    policy = load_policy(RULES.parent / "louxing-2016", as_of=AS_OF)
    papers = changed("persons", hukou_place="").person(3, born="2000-01-01")
    decided = asked(papers, tmp_path, policy)
    waiting = decided.row("SELECT count(*) AS n FROM decision.persons WHERE outcome = 'manual_review'")["n"]
    assert waiting > 0
    assert decided.row("SELECT count(DISTINCT row_id) AS n FROM decision.person_questions")["n"] == waiting
