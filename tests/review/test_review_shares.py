"""Land by household: only who is asked about may take of it, and nobody more than there is."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from eligibility.model import work_list as form
from review.conftest import eligibility
from support.paper_folder import RULES, Papers


def village() -> Papers:
    """An agreement of 10.00 亩 of which two households of the first group wait for their shares; a third has its own."""
    papers = Papers().group(area="1000.00").group(area="1000.00", group="二组")
    papers.approval("云国土资复〔2013〕1号", "20.00", project="项目1")
    papers.agreement("协1", "10.00", cited_approval_no="云国土资复〔2013〕1号", project="项目1")
    for number in (1, 2, 3):
        group = "二组" if number == 3 else "一组"
        papers.person(number, household_id=f"H{number}", group=group).certificate(f"H{number}", area="10.00")
    for household in ("H1", "H2"):
        papers.add(
            "payouts",
            {"agreement_no": "协1", "household_id": household, "area_mu": "", "amount_yuan": "1000", "basis": ""},
        )
    return papers


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shares")
    words = ["--rules", RULES, "--as-of", "2022-10-31", "--out", folder / "out"]
    done = eligibility("run", village().write(folder / "in"), *words)
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def office(decided: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(decided, tmp_path / "office"))


class Shares:
    """The sheet of shares, filled as in Excel."""

    def __init__(self, office: Path) -> None:
        self.office = office
        self.book = openpyxl.load_workbook(office / "out" / "review_queue.xlsx")
        self.sheet = self.book[form.SHARES]
        self.at = {cell.value: cell.column for cell in self.sheet[1]}
        self.rows = {self.sheet.cell(row, self.at["户号"]).value: row for row in range(2, self.sheet.max_row + 1)}

    def fill(self, household: str, area: object, by: str = "张三") -> None:
        row = self.rows[household]
        body = self.body()
        for title, value in ((form.AREA, area), (form.BODY, body), (form.BY, by), (form.ON, "2026-03-01")):
            self.sheet.cell(row, self.at[title]).value = value

    def answer(self, word: str, by: str = "张三") -> None:
        """The answer to the question itself."""
        listed = self.book[form.QUESTIONS]
        at = {cell.value: cell.column for cell in listed[1]}
        for title, value in ((form.ANSWER, word), (form.BODY, self.body()), (form.BY, by), (form.ON, "2026-03-01")):
            listed.cell(2, at[title]).value = value

    def body(self) -> str:
        listed = self.book[form.QUESTIONS]
        at = {cell.value: cell.column for cell in listed[1]}
        return listed.cell(2, at["可核实单位"]).value.split("；")[0].split("、")[0]

    def forge(self, household: str, key: str, cells: list[str]) -> None:
        """A row of another household, with digests that fit it."""
        row = self.sheet.max_row + 1
        for title, value in zip(form.SHARE_LOCKED, cells, strict=True):
            self.sheet.cell(row, self.at[title]).value = value
        for title, value in zip(form.HIDDEN, (key, form.marks(key, cells)), strict=True):
            self.sheet.cell(row, self.at[title]).value = value
        self.rows[household] = row

    def send(self) -> tuple[str, list[dict]]:
        self.book.save(self.office / "填好.xlsx")
        done = eligibility("review", "import", self.office / "填好.xlsx", "--run", self.office / "out")
        lines = (self.office / "out.record" / "events.jsonl").read_text(encoding="utf-8").splitlines()
        entered = [event["body"] for event in map(json.loads, lines) if event["kind"] == "answered"]
        return getattr(done, "said", done.output), entered


@pytest.fixture
def shares(office: Path) -> Shares:
    return Shares(office)


def test_shares_that_are_the_agreement_are_entered(shares: Shares) -> None:
    assert set(shares.rows) == {"H1", "H2"}
    shares.fill("H1", 3)
    shares.fill("H2", 7)
    said, entered = shares.send()
    assert "新记入 2 个" in said, said
    assert sorted((one["household"], one["area_umu"]) for one in entered) == [("H1", 3_000_000), ("H2", 7_000_000)]


@pytest.mark.parametrize("area", [999_999, "1e9", "11公顷", 10.02, 10_001])
def test_nobody_takes_more_than_the_agreement_has(area: object, shares: Shares) -> None:
    shares.fill("H1", area)
    said, entered = shares.send()
    assert "bad_cell" in said
    assert "10.0050 亩" in said
    assert entered == []


@pytest.mark.parametrize("area", [-1, "9" * 40, "∞", "NaN", "1e99", "9" * 30_000, "=1+1"])
def test_what_is_no_area_is_refused(area: object, shares: Shares) -> None:
    shares.fill("H1", area)
    said, entered = shares.send()
    assert "bad_cell" in said
    assert entered == []


def test_all_together_take_no_more_than_the_agreement_has(shares: Shares) -> None:
    shares.fill("H1", 6)
    shares.fill("H2", 6)
    said, entered = shares.send()
    assert "shares_above_agreement" in said
    assert "12.0000 亩，多于协议的 10.0050 亩" in said
    assert entered == []


def test_nor_do_shares_that_come_one_after_another(shares: Shares) -> None:
    shares.fill("H1", 6)
    assert len(shares.send()[1]) == 1
    later = Shares(shares.office)
    later.fill("H2", 6, by="李四")
    said, entered = later.send()
    assert "shares_above_agreement" in said
    assert len(entered) == 1


REST = "已填分户面积，其余农户没有"


def test_the_rest_have_none_where_what_is_filled_in_is_the_agreement(bare: Shares) -> None:
    bare.fill("H1", 10)
    bare.answer(REST)
    said, entered = bare.send()
    assert "新记入 3 个" in said, said
    areas = {one["household"]: one["area_umu"] for one in entered if one["household"]}
    assert areas == {"H1": 10_000_000, "H2": 0}
    assert decided_again(bare.office)["H2"] == "not_eligible"


@pytest.mark.parametrize("area", [9.9, 3])
def test_the_rest_do_not_have_none_while_land_is_missing(area: float, bare: Shares) -> None:
    bare.fill("H1", area)
    bare.answer(REST)
    said, entered = bare.send()
    assert "rest_not_none" in said
    assert f"合计 {area:.4f} 亩，协议 10.0000 亩" in said
    assert entered == []


def test_who_is_paid_on_the_roll_is_none_of_the_rest(shares: Shares) -> None:
    shares.fill("H1", 10)
    shares.answer(REST)
    said, entered = shares.send()
    assert "rest_not_none" in said
    assert "1 户在花名册上有款而没有面积：H2" in said
    assert entered == []


@pytest.fixture(scope="module")
def decided_bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same village without a roll: who of the first group has land in the agreement stands nowhere."""
    folder = tmp_path_factory.mktemp("bare")
    papers = village()
    del papers.tables["payouts"]
    words = ["--rules", RULES, "--as-of", "2022-10-31", "--out", folder / "out"]
    done = eligibility("run", papers.write(folder / "in"), *words)
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def bare(decided_bare: Path, tmp_path: Path) -> Shares:
    return Shares(Path(shutil.copytree(decided_bare, tmp_path / "office")))


def decided_again(office: Path) -> dict[str, str]:
    """The outcome of each household when the answers are taken."""
    words = ["--rules", RULES, "--as-of", "2022-10-31", "--out", office / "again", "--answers", office / "out"]
    assert eligibility("run", office / "in", *words).exit_code == 0
    with (office / "again" / "decisions.csv").open(encoding="utf-8-sig") as file:
        return {row["household_id"]: row["outcome"] for row in csv.DictReader(file)}


def test_a_household_that_nobody_asked_about_takes_nothing(shares: Shares) -> None:
    key = shares.sheet.cell(2, shares.at["键"]).value.partition("|")[0]
    cells = [shares.sheet.cell(2, shares.at[title]).value for title in form.SHARE_LOCKED]
    for household in ("H3", "H9", "H1 "):
        forged = Shares(shares.office)
        forged.forge(household, f"{key}|{household}", [*cells[:-1], household])
        forged.fill(household, 1)
        said, entered = forged.send()
        assert "household_not_asked" in said, said
        assert entered == []


def test_a_thousand_forged_rows_are_told_in_a_few_lines(shares: Shares) -> None:
    for number in range(1500):
        shares.forge(f"X{number}", f"roll-0|X{number}", ["问1", "协1", "乌龙社区", "一组", f"X{number}"])
        shares.fill(f"X{number}", 1)
    said, entered = shares.send()
    assert "question_unknown" in said
    assert "more_findings" in said
    assert said.count("\n") < 1000
    assert entered == []
