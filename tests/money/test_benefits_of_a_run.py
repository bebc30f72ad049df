"""The benefits of a batch: every person reckoned once, as if alone; files only where a rulebook declares benefits or classes."""

from __future__ import annotations

import csv
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from eligibility.application.finished import Run
from eligibility.application.record.replay import replay
from eligibility.application.run import RunRequest, decide_batch
from eligibility.money.reckon import Reckoner
from money.paying_office import PayingOffice, person
from support.paper_folder import AS_OF, RULES, Papers, whole_loss

NOW = datetime(2022, 11, 1, 9, 0, tzinfo=UTC)


def decided(folder: Path, rules: Path, papers: Papers, as_of: date = AS_OF) -> Path:
    decide_batch(RunRequest(papers.write(folder / "in"), rules, as_of, folder / "out"), now=NOW)
    return folder / "out"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> PayingOffice:
    made = PayingOffice(tmp_path_factory.mktemp("benefits"))
    made.decide()
    return made


def test_everybody_eligible_has_every_payer_and_parts_add_up(office: PayingOffice) -> None:
    rows = rows_of(office.run / "benefits.csv")
    eligible = {row["resident_id"] for row in rows_of(office.run / "decisions.csv") if row["outcome"] == "eligible"}
    allowance = [row for row in rows if row["benefit"] == "allowance"]
    assert {row["resident_id"] for row in rows} == eligible
    assert len(allowance) == 3 * len(eligible)
    for one in eligible:
        mine = [row for row in allowance if row["resident_id"] == one]
        assert sum(round(100 * float(row["amount_max"])) for row in mine) == 10001
        assert [row["payer"] for row in mine] == ["province", "district", "person"]
        assert {row["share"] for row in mine} == {"100/3"}
        assert {row["whole_min"] for row in mine} == {"100.01"}


def test_the_batch_comes_out_as_each_person_alone(office: PayingOffice) -> None:
    with Run(office.run) as run:
        policy = run.policy
    with duckdb.connect() as con:
        cursor = con.execute(f"SELECT * FROM '{office.run / 'facts.parquet'}'")
        names = [column[0] for column in cursor.description]
        facts = {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}
        rows = con.execute(
            f"SELECT row_id, benefit, max((whole_min * 100)::BIGINT), max((whole_max * 100)::BIGINT), any_value(assumed_parameters)"
            f" FROM '{office.run / 'benefits.parquet'}' GROUP BY ALL"
        ).fetchall()
    assert rows
    for row_id, benefit, low, high, assumed in rows:
        alone = Reckoner(policy, policy.benefits[benefit]).of(facts[row_id])
        assert (alone.low, alone.high, ";".join(alone.assumed)) == (low, high, assumed)


def test_explain_shows_the_amount_the_payers_and_each_step(office: PayingOffice) -> None:
    with Run(office.run) as run:
        text = run.explain(person(2)).text(full=True)
        short = run.explain(person(2)).text()
    assert "一次性缴费补助：15,000元" in short
    assert "省财政 100/3%：33.34元" in short
    assert "一次补足的金额：15000元  = 缴费补助最长年数 * 缴费补助每年金额" in text
    assert "缴费补助每年金额 1000 元" in text


def test_the_same_dossier_gives_the_same_tables_again(office: PayingOffice) -> None:
    again = replay(office.run)
    assert "benefits.parquet" in str(again)


def test_a_rulebook_without_benefits_writes_no_file_of_them_and_decides_alike(tmp_path: Path) -> None:
    shutil.copytree(RULES.parent, tmp_path / "rules")
    bare = tmp_path / "rules" / "km-reform"
    shutil.rmtree(bare / "benefits")
    without = decided(tmp_path / "a", bare, whole_loss())
    with_them = decided(tmp_path / "b", RULES, whole_loss())
    assert not list(without.glob("benefits.*"))
    for name in ("decisions.csv", "decisions.parquet", "facts.parquet", "coverage.csv", "links.csv"):
        assert (without / name).read_bytes() == (with_them / name).read_bytes(), name


def test_kunming_has_the_benefit_and_no_figure(tmp_path: Path) -> None:
    out = decided(tmp_path, RULES, whole_loss())
    rows = rows_of(out / "benefits.csv")
    assert rows
    assert all(not row["amount_min"] and not row["amount_max"] for row in rows)
    assert {row["unset_parameters"] for row in rows} == {"subsidy_per_year"}


def test_a_class_stands_beside_the_decision_and_on_the_benefit(tmp_path: Path) -> None:
    shutil.copytree(RULES.parent, tmp_path / "rules")
    rules = tmp_path / "rules" / "km-reform"
    law = "{instrument: practice, article: 试验, quote: 未见原文, status: assumed}"
    (rules / "classes.yaml").write_text(
        f"whole:\n  title: 完全失地\n  when: all_land_lost\n  citation: {law}\n"
        f"part:\n  title: 部分失地\n  when: most_land_lost\n  citation: {law}\n",
        encoding="utf-8",
    )
    subsidy = rules / "benefits" / "contribution_subsidy.yaml"
    subsidy.write_text(subsidy.read_text(encoding="utf-8") + "classes: [part]\n", encoding="utf-8")
    papers = whole_loss().person(3, "1980-01-01", household_id="H3").certificate("H3", "5.00").line("H3", "4.80", "协3")
    papers.agreement("协3", "4.80", cited_approval_no="云国土资复〔2013〕3号").approval("云国土资复〔2013〕3号", "4.80")
    out = decided(tmp_path / "run", rules, papers)
    rows = rows_of(out / "decisions.csv")
    assert list(rows[0])[-1] == "class"
    assert [(row["name"], row["outcome"], row["class"]) for row in rows] == [
        ("人1", "eligible", "whole"),
        ("人2", "not_eligible", ""),
        ("人3", "eligible", "part"),
    ]
    assert {(row["benefit"], row["class"]) for row in rows_of(out / "benefits.csv")} == {
        ("contribution_subsidy", "part")
    }
    with Run(out) as run:
        assert "类别：部分失地" in run.explain("人3").text()


BANDS = {"高档": (182_400, 45_600), "中档": (144_000, 36_000), "低档": (115_200, 28_800)}


def test_chenggong_pays_eighty_of_a_hundred_of_each_band_in_a_batch(tmp_path: Path) -> None:
    papers = Papers().group(area="1000.00").approval(area="200.00").agreement(area="12.00")
    words = [*BANDS, "", "高档"]
    for number, band in enumerate(words, start=1):
        own = {"参保日年龄": "40", "缴费档次": band, "领取待遇": "是" if number == 5 else "否"}
        papers.person(number, household_id=f"H{number}", **own).certificate(f"H{number}").line(f"H{number}", "2.40")
    out = decided(tmp_path, RULES.parent / "km-2007", papers)
    outcomes = {row["resident_id"]: row["outcome"] for row in rows_of(out / "decisions.csv")}
    assert set(outcomes.values()) == {"eligible"}
    parts: dict[str, list[tuple[str, str]]] = {}
    for row in rows_of(out / "benefits.csv"):
        if row["benefit"] == "contribution_subsidy":
            parts.setdefault(row["resident_id"], []).append((row["amount_min"], row["amount_max"]))
    ids = list(outcomes)
    for one, fen in zip(ids, BANDS.values(), strict=False):
        assert [(round(100 * float(low)), round(100 * float(high))) for low, high in parts[one]] == [
            (x, x) for x in fen
        ]
    assert parts[ids[3]] == [("1152.00", "1824.00"), ("288.00", "456.00")], "a band that is not known is a range"
    assert ids[4] not in parts, "who draws the pension contributes no more"
    base = {
        row["resident_id"]: row["amount_max"]
        for row in rows_of(out / "benefits.csv")
        if row["benefit"] == "base_allowance"
    }
    assert base == {ids[4]: "430.00"}
