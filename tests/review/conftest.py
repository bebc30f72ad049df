"""A small village decided once through the command line, with its work list, for all tests of review."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from eligibility.cli.app import app
from eligibility.model import work_list as form
from support.paper_folder import RULES, Papers

TODAY = "2026-03-09"


def village() -> Papers:
    """Twelve households of one person: ten wait for one answer each, one is eligible, one not."""
    papers = Papers().group(area="1000.00")
    open_cells = (
        [{"public_staff": "?"}] * 3
        + [{"officer": "?"}] * 2
        + [{"hukou_place": "本地"}, {"membership_dispute": "外嫁女"}]
    )
    cells = [*open_cells, {}, {}, {}, {}, {"public_staff": "是"}]
    for number, changed in enumerate(cells, start=1):
        approval, agreement, household = f"云国土资复〔2013〕{number}号", f"协{number}", f"H{number}"
        papers.person(number, household_id=household, **changed)
        cited = "" if number == 8 else approval
        papers.approval(approval, "4.00", project=f"项目{number}")
        papers.agreement(agreement, "4.00", cited_approval_no=cited, project="" if number == 8 else f"项目{number}")
        papers.line(household, "4.00", agreement)
        if number not in (9, 10):
            papers.certificate(household)
    return papers


def eligibility(*words: str | Path) -> Result:
    """A command as a person types it."""
    from eligibility.model.diagnostic import InputError

    done = CliRunner().invoke(app, [str(word) for word in words], env={"ELIGIBILITY_LANG": "zh"})
    if isinstance(done.exception, InputError):
        done.said = "\n".join(finding.in_language("zh") for finding in done.exception.findings)  # type: ignore[attr-defined]
    return done


@pytest.fixture(scope="session")
def decided_village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("village")
    words = ["--rules", RULES, "--as-of", "2022-10-31", "--out", folder / "out"]
    done = eligibility("run", village().write(folder / "in"), *words)
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def office(decided_village: Path, tmp_path: Path) -> Path:
    """A copy of the decided village, to work in."""
    return Path(shutil.copytree(decided_village, tmp_path / "office"))


class WorkList:
    """The work list, filled as a reviewer would in Excel."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "填好.xlsx"
        self.book = openpyxl.load_workbook(folder / "out" / "review_queue.xlsx")
        self.sheet = self.book[form.QUESTIONS]
        self.columns = {cell.value: cell.column for cell in self.sheet[1]}

    def row(self, words: str) -> int:
        """The row of the question that holds these words."""
        title = self.columns["问题"]
        found = [row for row in range(2, self.sheet.max_row + 1) if words in self.sheet.cell(row, title).value]
        assert len(found) == 1, (words, found)
        return found[0]

    def cell(self, row: int, title: str):
        return self.sheet.cell(row, self.columns[title])

    def answer(self, words: str, answer: str, body: str, by: str = "张三", **more: object) -> None:
        row = self.row(words)
        said = {form.ANSWER: answer, form.BODY: body, form.BY: by, form.ON: "2026-03-01"} | more
        for title, value in said.items():
            self.cell(row, title).value = value

    def save(self) -> Path:
        self.book.save(self.path)
        return self.path


@pytest.fixture
def work_list(office: Path) -> WorkList:
    return WorkList(office)
