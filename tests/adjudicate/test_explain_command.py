"""`eligibility explain` as it is run: for an officer and for the person, as text, JSON and page, in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

from eligibility.adjudicate.explain.text import SHORTEST
from eligibility.cli.app import app
from eligibility.rulebook import load_policy
from support.paper_folder import AS_OF, RULES, resident_id, whole_loss

DOCS = RULES.parents[1] / "docs"
POLICY = load_policy(RULES, as_of=AS_OF)
SCHEMAS = {"officer": "explanation.schema.json", "citizen": "explanation-citizen.schema.json"}
CODES = [code for code in (*POLICY.reasons, *POLICY.conditions, *POLICY.documents, *POLICY.bodies) if "_" in code]
TAKEN, KEPT, WAITING, YOUNG = 1, 2, 3, 4


def call(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """人1 eligible, 人2 refused, 人3 waits for one paper, 人4 is registered."""
    folder = tmp_path_factory.mktemp("run")
    papers = whole_loss().person(WAITING, public_staff="").person(YOUNG, student="是")
    papers.write(folder / "in")
    done = call("run", folder / "in", "--rules", RULES, "--as-of", "2022-10-31", "--out", folder / "out")
    assert done.exit_code == 0, done.output
    return folder / "out"


def explained(run: Path, number: int, *words: str) -> str:
    done = call(*words[:2], "explain", resident_id(number), "--run", run, *words[2:])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("audience", SCHEMAS)
def test_the_published_schema_is_the_one_that_the_command_prints(audience: str) -> None:
    published = (DOCS / SCHEMAS[audience]).read_text(encoding="utf-8")
    assert call("explain", "--schema", "--for", audience).output == published
    Draft202012Validator.check_schema(json.loads(published))


@pytest.mark.parametrize(
    ("audience", "number"), [("officer", KEPT), ("officer", WAITING), ("citizen", WAITING), ("citizen", TAKEN)]
)
def test_what_is_printed_fits_the_published_schema(audience: str, number: int, run: Path) -> None:
    schema = json.loads((DOCS / SCHEMAS[audience]).read_text(encoding="utf-8"))
    said = json.loads(explained(run, number, "--lang", "zh", "--format", "json", "--for", audience))
    Draft202012Validator(schema).validate(said)
    with pytest.raises(Exception, match="is not valid"):
        Draft202012Validator(schema).validate({**said, "resident_id": 7})


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        (TAKEN, "结论：符合：各项要求均已证明", "Eligible: every requirement is proven"),
        (KEPT, "结论：不符合：本户没有因依法征收失去全部或大部分耕地", "Not eligible: The household did not lose"),
        (WAITING, "结论：待人工核查：身份或户籍等情况不明", "Manual review: Status, registration or the like"),
        (YOUNG, "结论：备案登记：征地批准时为在校学生，先备案登记", "Registered for later: In school when"),
    ],
)
def test_the_first_line_says_outcome_and_why(number: int, zh: str, en: str, run: Path) -> None:
    told = json.loads(explained(run, number, "--lang", "zh", "--json"))
    assert f"结论：{told['headline']}".startswith(zh)
    assert told["headline_en"].startswith(en)


def test_an_officer_reads_in_short_what_to_do_and_who_does_it(run: Path) -> None:
    lines = explained(run, WAITING, "--lang", "zh").splitlines()
    assert lines[0].startswith("结论：待人工核查：身份或户籍等情况不明") and lines[1].startswith("5301")
    (asked,) = [line for line in lines if "→ 人力资源社会保障部门" in line]
    assert "是否财政供养人员" in asked
    assert any(line.startswith("  · 财政供养人员：不详  [persons.csv 第4行「") for line in lines)
    assert len(lines) <= SHORTEST and not any(line == "条款" for line in lines)


def test_in_full_an_officer_reads_all_that_a_signature_rests_on(run: Path) -> None:
    text = explained(run, WAITING, "--lang", "zh", "--full")
    assert "是否财政供养人员：财政供养人员名单 → 人力资源社会保障部门  [persons.csv 第4行「public_staff」]\n" in text
    assert "距“符合”缺一项：不是财政供养人员\n" in text
    assert "“审核日健在”不成立" in text
    assert "  · 成立：失去全部或大部分土地  [昆明市" in text
    assert "\n  · 人员名册  persons.csv 第4行  人3\n" in text


@pytest.mark.parametrize(
    "said",
    [
        lambda number: number,
        lambda number: number.lower(),
        " ".join,
        lambda number: number[-4:],
        lambda number: f"{number[:4]}{'*' * 10}{number[-4:]}",
        lambda number: f"人{TAKEN}",
    ],
)
def test_a_person_is_found_however_a_clerk_means_him(said: Callable[[str], str], run: Path) -> None:
    done = call("explain", said(resident_id(TAKEN)), "--run", run)
    assert done.exit_code == 0 and f"  人{TAKEN}  " in done.output.splitlines()[1]


def test_several_persons_are_listed_and_nobody_is_told(run: Path) -> None:
    done = call("explain", "H1", "--run", run)
    said = str(done.exception)
    assert done.output == "" and "person_several" in said
    for number in (TAKEN, WAITING, YOUNG):
        assert f"{resident_id(number)[-4:]} 人{number} " in said
    assert not any(resident_id(number) in said for number in range(1, 5))


@pytest.mark.parametrize(
    ("number", "lang", "form"),
    [
        (TAKEN, "zh", "html"),
        (KEPT, "en", "text"),
        (WAITING, "zh", "text"),
        (WAITING, "en", "html"),
        (YOUNG, "en", "json"),
    ],
)
def test_the_person_reads_no_codes_and_of_nobody_else(number: int, lang: str, form: str, run: Path) -> None:
    said = explained(run, number, "--lang", lang, "--for", "citizen", "--format", form)
    text = re.sub(r"<style>.*?</style>", "", said, flags=re.S)
    keys = {"resident_id", "outcome_title", "regime_title", "as_of", "manual_review", "not_eligible"}
    assert not [code for code in CODES if code not in keys and code in text]
    others = {TAKEN, KEPT, WAITING, YOUNG} - {number}
    assert f"人{number}" in text and not [other for other in others if f"人{other}" in text]
    assert resident_id(number) not in text


class Page(HTMLParser):
    """Addresses of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"src", "href"}]


@pytest.mark.parametrize("audience", SCHEMAS)
def test_the_page_needs_nothing_from_elsewhere(audience: str, run: Path) -> None:
    page = explained(run, WAITING, "--lang", "zh", "--for", audience, "--format", "html")
    read = Page(page)
    assert (read.links, "script" in read.tags, "url(" in page, read.tags.count("h1")) == ([], False, False, 1)
    assert "财政供养人员名单" in page


def test_names_from_papers_are_text_on_the_page_and_the_terminal(tmp_path: Path) -> None:
    papers = whole_loss()
    papers.tables["persons"][0]["name"] = "<b>[red]甲"
    papers.write(tmp_path / "in")
    assert (
        call("run", tmp_path / "in", "--rules", RULES, "--as-of", "2022-10-31", "--out", tmp_path / "out").exit_code
        == 0
    )
    page = explained(tmp_path / "out", TAKEN, "--lang", "zh", "--format", "html")
    assert "<b>[red]" not in page and "&lt;b&gt;[red]甲" in page
    for audience in SCHEMAS:
        assert "<b>[red]甲" in explained(tmp_path / "out", TAKEN, "--lang", "zh", "--for", audience)


def test_who_is_meant_must_be_said(run: Path) -> None:
    assert call("explain", "--run", run).exit_code != 0
    assert call("explain", resident_id(1), "--run", run, "--for", "neighbour").exit_code == 2


def test_the_columns_name_the_papers_and_bodies_of_the_open_questions(run: Path) -> None:
    with duckdb.connect() as con:
        query = "SELECT missing_evidence, settled_by FROM read_parquet(?) WHERE resident_id = ?"
        (row,) = con.execute(query, [str(run / "decisions.parquet"), resident_id(WAITING)]).fetchall()
    said = json.loads(explained(run, WAITING, "--lang", "zh", "--json"))
    assert row == ("staff_record", "human_resources")
    assert [one["documents"] for one in said["questions"]] == [["财政供养人员名单"]]


def test_the_page_of_documentation_shows_what_is_printed(tmp_path: Path) -> None:
    papers = whole_loss().person(3, public_staff="").approval("云国土资复〔2013〕121号", "30.00", project="别的道路")
    papers.tables["agreements"][0]["cited_approval_no"] = "云国土资复〔2013〕12?号"
    papers.tables["title_certificates"][0]["area_mu"] = "4.28"
    papers.write(tmp_path / "in")
    made = call("run", tmp_path / "in", "--rules", RULES, "--as-of", "2022-10-31", "--out", tmp_path / "out")
    assert made.exit_code == 0, made.output
    page = (DOCS / "explanation.md").read_text(encoding="utf-8")
    for words in ((), ("--for", "citizen")):
        assert explained(tmp_path / "out", 3, "--lang", "zh", *words).rstrip() in page
