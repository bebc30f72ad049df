"""What a clerk does with a mapping: proposed, corrected, used by a run, refused where it names what is not known, kept."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from eligibility.application.checking import check_dossier
from eligibility.application.mapping import given_mapping, map_dossier, propose_mapping, write_mapping
from eligibility.application.record.replay import replay
from eligibility.application.run import RunRequest, decide_batch
from eligibility.intake import read_dossier
from eligibility.model.diagnostic import InputError
from eligibility.store.database import connect
from sources.database import HOUSE_A, ID, write_book, write_database
from support.paper_folder import RULES

ROLL = [
    ["土地征收补偿记录表"],
    ["补偿编号", "户主名", "身份证", "征收面积（亩）", "补偿金额", "所属村"],
    ["1", "甲二", ID["甲二"], "1.50", "1000", "样溪"],
    ["2", "某某", "", "0.5", "300", "样溪"],
]
AGREEMENTS = [
    ["协议编号", "社区", "村民小组", "签订日期", "耕地（亩）", "园地（亩）"],
    ["协1", "样溪社区", "一组", "2018-05-06", "3", "1"],
]


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    folder = tmp_path / "卷宗"
    write_database(folder, form="both")
    write_book(folder / "征地协议汇总.xlsx", {"Sheet1": AGREEMENTS})
    write_book(folder / "补偿记录表.xlsx", {"Sheet1": ROLL})
    return folder


def edited(dossier: Path, *changes: tuple[str, str]) -> Path:
    """The proposed mapping, in the dossier, with texts replaced in the lines behind the name of the file they are for."""
    path = dossier / "mapping.yaml"
    write_mapping(propose_mapping(dossier), path)
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return path


def behind(text: str, name: str) -> str:
    return text[text.index(f'file: "{name}"') :]


def test_the_proposal_says_kind_meaning_reason_and_shows_nobody(dossier: Path, tmp_path: Path) -> None:
    out = tmp_path / "对应" / "mapping.yaml"
    map_dossier(dossier, out, None)
    text = out.read_text(encoding="utf-8")
    assert given_mapping(dossier, out).sheets == propose_mapping(dossier).mapping.sheets
    roll = behind(text, "补偿记录表.xlsx")
    assert 'kind: "roll_record"' in roll
    assert "协议编号" in roll.partition("rows:")[0]
    assert not any(number in text for number in ID.values())
    assert "甲二" not in text
    book = openpyxl.load_workbook(out.with_suffix(".xlsx"))
    assert book.sheetnames == ["各表", "各列", "可用的名称"]
    shown = [[cell.value for cell in row] for row in book["各列"].iter_rows()]
    assert ["补偿记录表.xlsx", "Sheet1", "C", "身份证", "head_resident_id"] in [row[:5] for row in shown]
    assert not any(number in str(row) for row in shown for number in ID.values())


def test_a_roll_is_read_when_the_clerk_states_its_agreement(dossier: Path) -> None:
    path = edited(dossier)
    text = path.read_text(encoding="utf-8")
    roll = behind(text, "补偿记录表.xlsx")
    path.write_text(
        text.replace(roll, roll.replace("constants: {}", 'constants: {"agreement_no": "协1"}')), encoding="utf-8"
    )
    with connect() as con:
        read_dossier(dossier, con, mapping=given_mapping(dossier, None))
        lines = con.execute(
            "SELECT household_id, area_umu, amount_fen, basis, state FROM paper.payouts ORDER BY row_id"
        ).fetchall()
        unread = con.execute("SELECT * FROM paper.unread").fetchall()
    # the payee is a member of the household, and need not be its head; the other line stays one of the roll, under its payee
    assert lines == [(HOUSE_A, 1_500_000, 100_000, None, "kept"), ("领款人某某", 500_000, 30_000, None, "kept")]
    assert unread == []


def test_what_a_clerk_writes_aside_is_not_read_and_not_asked(dossier: Path) -> None:
    edited(dossier, ('kind: "roll_record"', 'kind: "aside"'))
    with connect() as con:
        read_dossier(dossier, con, mapping=given_mapping(dossier, None))
        unread = con.execute("SELECT * FROM paper.unread").fetchall()
        told = con.execute("SELECT file FROM paper.quarantine WHERE problem LIKE '%mapping.yaml%'").fetchall()
    assert unread == []
    assert told == [("补偿记录表.xlsx",)]


@pytest.mark.parametrize(
    ("old", "new", "near"),
    [
        ('"means": "head_resident_id"', '"means": "head_residentid"', "head_resident_id"),
        ('kind: "roll_record"', 'kind: "roll_recrod"', "roll_record"),
        ("constants: {}", 'constants: {"agrement_no": "协1"}', "agreement_no"),
        ("  constants:", "  constant:", "constants"),
    ],
)
def test_a_name_that_is_not_known_is_refused_with_the_nearest(dossier: Path, old: str, new: str, near: str) -> None:
    edited(dossier, (old, new))
    with pytest.raises(InputError) as refused:
        given_mapping(dossier, None)
    assert all(finding.code == "bad_mapping" for finding in refused.value.findings)
    assert any(near in finding.problem.zh for finding in refused.value.findings)


def test_a_sheet_that_was_changed_since_is_refused(dossier: Path) -> None:
    edited(dossier)
    write_book(dossier / "补偿记录表.xlsx", {"Sheet1": [ROLL[0], ["新列", *ROLL[1]], ["", *ROLL[2]]]})
    with pytest.raises(InputError) as refused, connect() as con:
        read_dossier(dossier, con, mapping=given_mapping(dossier, None))
    (finding,) = refused.value.findings
    assert (finding.code, finding.at.file) == ("mapping_differs", "补偿记录表.xlsx")


def test_a_mapping_serves_the_next_dossier_of_the_same_forms(dossier: Path, tmp_path: Path) -> None:
    strange = ["协议书", "哪个社区", "哪个组", "签字的日子", "耕地（亩）", "园地（亩）"]
    write_book(dossier / "征地协议汇总.xlsx", {"Sheet1": [strange, AGREEMENTS[1]]})
    text = edited(dossier).read_text(encoding="utf-8")
    found = behind(text, "征地协议汇总.xlsx").partition('- file: "补偿')[0]
    known = re.sub(r'kind: "[^"]*"', 'kind: "agreement_classes"', found)
    for header, means in zip(strange, ("agreement_no", "community", "group", "signed_on"), strict=False):
        known = re.sub(rf'("header": "{header}", "means": )"[^"]*"', rf'\1"{means}"', known)
    (dossier / "mapping.yaml").write_text(text.replace(found, known), encoding="utf-8")
    following = tmp_path / "下一批"
    write_database(following)
    write_book(following / "协议2.xlsx", {"表": [strange, ["协9", *AGREEMENTS[1][1:]]]})
    with connect() as con:
        read_dossier(following, con, mapping=given_mapping(following, dossier / "mapping.yaml"))
        assert con.execute("SELECT DISTINCT agreement_no, group_name FROM paper.agreements").fetchall() == [
            ("协9", "一组")
        ]


def test_marked_copies_colour_the_real_cell(dossier: Path, tmp_path: Path) -> None:
    check_dossier(dossier, tmp_path / "标注")
    sheet = openpyxl.load_workbook(tmp_path / "标注" / "marked" / "CBF_JTCY.xlsx").worksheets[0]
    coloured = [cell for row in sheet.iter_rows() for cell in row if cell.comment]
    assert ("D5", "/") in [(cell.coordinate, cell.value) for cell in coloured]
    assert [cell.value for cell in sheet[5]][:2] == [HOUSE_A, "甲三"]


def test_a_run_on_the_database_refuses_nobody_on_what_the_papers_never_carry_and_replays(
    dossier: Path, tmp_path: Path
) -> None:
    edited(dossier)
    order = RunRequest(dossier, RULES, date(2022, 10, 31), tmp_path / "out")
    done = decide_batch(order, now=datetime(2026, 1, 1, tzinfo=UTC))
    assert done.manifest["rows"]["persons"] == {"in": 5, "kept": 5, "quarantined": 0}
    assert {name for name, persons in done.manifest["outcomes"].items() if persons} == {"manual_review"}
    (dossier / "mapping.yaml").unlink()
    assert replay(tmp_path / "out").different == ()


def test_the_command_says_what_to_do_and_leaves_with_2(tmp_path: Path) -> None:
    write_database(tmp_path)
    write_book(
        tmp_path / "征地协议汇总.xlsx",
        {"Sheet1": [["协议编号", "哪里", "签订日期", "耕地", "园地"], ["协1", "样", "2018", "1", "2"]]},
    )
    command = [sys.executable, "-m", "eligibility", "run", str(tmp_path), "--out", str(tmp_path.parent / "nowhere")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2
    assert "征地协议汇总.xlsx" in done.stderr
    assert "intake map" in done.stderr
    assert not (tmp_path.parent / "nowhere").exists()


def test_kinds_of_sources_are_checked_with_the_nearest_name(tmp_path: Path) -> None:
    from eligibility.sources import read_catalogue

    (tmp_path / "roll.toml").write_text('zh = "花名册"\nen = "roll"\n[words]\nhead_nam = ["户主"]\n', encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_catalogue(tmp_path)
    (finding,) = refused.value.findings
    assert finding.code == "bad_kind"
    assert "head_name" in finding.problem.zh
    assert json.dumps(finding.at.file) == '"kinds/roll.toml"'


def test_one_of_the_nine_tables_under_another_name_is_read_where_the_clerk_says_so(dossier: Path) -> None:
    header = ["协议编号", "社区", "村民小组", "地类", "面积（亩）", "类型"]
    write_book(dossier / "补充材料.xlsx", {"Sheet1": [header, ["协7", "样溪社区", "一组", "耕地", "2.5", "征收"]]})
    text = edited(dossier).read_text(encoding="utf-8")
    found = behind(text, "补充材料.xlsx").partition("\n- file:")[0]
    known = re.sub(r'kind: "[^"]*"', 'kind: "table_agreements"', found)
    for word, means in zip(header, ("agreement_no", "community", "group", "land_class", "area", "kind"), strict=True):
        known = re.sub(rf'("header": "{word}", "means": )"[^"]*"', rf'\1"{means}"', known)
    (dossier / "mapping.yaml").write_text(text.replace(found, known), encoding="utf-8")
    with connect() as con:
        read_dossier(dossier, con, mapping=given_mapping(dossier, None))
        (one,) = con.execute("SELECT area_umu, kind FROM paper.agreements WHERE agreement_no = '协7'").fetchall()
    assert one == (2_500_000, "expropriation")
