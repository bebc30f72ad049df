"""What papers hold is shown as text: no bracket is markup, no control character acts, no workbook is broken by it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from eligibility.cli.app import app
from eligibility.cli.screen import OFF, Screen, on
from eligibility.model.diagnostic import InputError
from eligibility.model.visible import escaped, visible
from support.paper_folder import RULES, Papers, resident_id

ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
NASTY = (
    "[/]", "[bold]", "[/b][red]", "\x1b[31m", "\x1b]0;t\x07", "\x9b2J", "\x0b", "\u202e", "\ufffe", "<b>&amp;", ":smile:", "=1+1", "{x}",
    "\\[",
)  # fmt: skip
TEXT = "".join(NASTY)


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("[]/\\bold red乌\x1b\x07\x9b\u202e\ufdd0\ufdd1\ufdd2{}:\n\t "), max_size=40))
def test_any_text_is_printed_as_it_is_and_does_nothing(text: str) -> None:
    screen = Screen()
    screen.file = io.StringIO()
    screen.width = 500
    screen.print(text)
    said = screen.file.getvalue()
    assert not ACTS.search(said)
    if not re.search("[\ufdd0-\ufdd2\t\n]", text):
        assert said.rstrip("\n") == visible(text).rstrip("\n")
    styled = screen.render_str(f"{on('bold')}{visible(text)}{OFF}")
    assert styled.plain == visible(text)


@given(st.text(max_size=20))
def test_escapes_say_the_same(text: str) -> None:
    import json

    assert json.loads(escaped(json.dumps(text, ensure_ascii=False))) == text
    assert not ACTS.search(escaped(json.dumps(text, ensure_ascii=False)))


def nasty() -> Papers:
    """A person who is eligible and one who is asked about, every text of whom holds what must not act."""
    made = Papers().group(area="1000.00")
    for number, said in ((1, "否"), (2, "?")):
        approval, agreement, household = f"云国土资复〔2013〕{number}号", f"协{number}{TEXT}", f"H{number}{TEXT}"
        made.person(
            number,
            household_id=household,
            public_staff=said,
            name=f"赵{TEXT}",
            street=f"乌龙{TEXT}街道",
            hukou_place=f"昆明市呈贡区{TEXT}",
        )
        made.approval(approval, "4.00", project=f"项目{number}{TEXT}")
        made.agreement(agreement, "4.00", cited_approval_no=approval, project=f"项目{number}{TEXT}")
        made.line(household, "4.00", agreement).certificate(household)
    return made


def call(*words: str | Path) -> str:
    """What a command says; it must not end in a fault."""
    done = CliRunner().invoke(app, [str(word) for word in words], env={"ELIGIBILITY_LANG": "zh", "COLUMNS": "500"})
    if isinstance(done.exception, InputError):
        return visible("\n".join(finding.in_language("zh") for finding in done.exception.findings))
    assert done.exception is None, done.exception
    return done.output


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nasty")
    said = call("run", nasty().write(folder / "in"), "--rules", RULES, "--as-of", "2022-10-31", "--out", folder / "out")
    assert not ACTS.search(said)
    assert visible(f"乌龙{TEXT}街道") in said
    return folder / "out"


def test_no_command_prints_what_acts(run: Path, tmp_path: Path) -> None:
    for number in (1, 2):
        for more in ((), ("--for", "citizen"), ("--json",), ("--format", "html")):
            said = call("explain", resident_id(number), "--run", run, *more)
            assert not ACTS.search(said)
    assert visible(f"赵{TEXT}") in call("explain", resident_id(2), "--run", run)
    for words in (
        ("questions",), ("questions", "--json"), ("review", "status"), ("reconcile", "list", "--all"), ("audit", "verify"),
        ("reconcile", "explain", f"协1{TEXT}"), ("papers", "summary", "--out", tmp_path / "summary"),
    ):  # fmt: skip
        assert not ACTS.search(call(*words, "--run", run)), words
    for words in (("check", run.parent / "in"), ("check", run.parent / "in", "--out", tmp_path / "marked")):
        assert not ACTS.search(call("intake", *words))


def books(*folders: Path) -> Iterator[tuple[str, bytes]]:
    """Every part of every workbook and Word file."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".xlsx", ".docx"}:
                with zipfile.ZipFile(path) as book:
                    yield from ((f"{path.name}/{name}", book.read(name)) for name in book.namelist())


def test_every_workbook_letter_and_page_is_sound(run: Path, tmp_path: Path) -> None:
    for words in (("letters", "--format", "docx", "--draft"), ("roster", "--draft"), ("summary",)):
        assert "fault" not in call("papers", *words, "--run", run, "--out", tmp_path / words[0])
    call("intake", "check", run.parent / "in", "--out", tmp_path / "marked")
    parts = 0
    for name, content in books(run, tmp_path):
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(content)
            parts += 1
        assert b"<f>" not in content, f"{name}: a formula"
    assert parts > 40
    for page in run.glob("*.html"):
        assert not ACTS.search(page.read_text(encoding="utf-8"))
        assert "<b>&amp;" not in page.read_text(encoding="utf-8"), "markup of papers is text"


def test_no_cell_of_a_csv_is_a_formula(run: Path) -> None:
    for path in run.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if re.match(r"\s*[=@＝＠]|\s*[+\-＋－](?![0-9.]+$)", cell)], path.name
