"""docs/findings.md is made from the code, is fresh, and no code is missing from it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from bench.findings import PACKAGE, Said, codes_in_source, command_codes, composed, example_file, examples, page

from eligibility.intake.between.checks import CHECKS
from eligibility.intake.notices import CATALOGUE, ISSUES
from eligibility.model.catalogue import Entry
from eligibility.reporting.pages.findings_page import catalogues, entry_text

DOCS = PACKAGE.parents[1] / "docs"
BAD = PACKAGE.parents[1] / "tests" / "rulebook" / "bad"
PAGE = page()
ENTRIES = [entry for one in catalogues() for entry in one.entries]


def test_the_page_is_fresh() -> None:
    fresh = (DOCS / "findings.md").read_text(encoding="utf-8") == PAGE
    assert fresh, "python -m bench.findings > docs/findings.md"  # pytest would compare the two pages for minutes


def test_every_code_of_the_source_is_on_the_page() -> None:
    told = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))
    assert {said.code for said in codes_in_source()} <= told
    assert {entry.code for entry in ENTRIES} <= told


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda one: one.code)
def test_an_entry_says_everything_in_both_languages(entry: Entry) -> None:
    assert entry.example.zh
    assert entry.example.en
    for text in (entry.meaning, entry.effect, entry.remedy):
        assert re.search(r"[\u4e00-\u9fff]", text.zh)
        assert text.en
        assert not re.search(r"[\u4e00-\u9fff]{9}", text.en)
    assert entry.code in entry_text(entry, "en")


@pytest.mark.parametrize("said", command_codes().values(), ids=lambda one: one.code)
def test_a_code_of_a_command_or_rule_file_has_meaning_and_remedy_in_both_languages(said: Said) -> None:
    for zh, en in (said.problem, said.remedy):
        assert re.search(r"[\u4e00-\u9fff]", zh) or zh.startswith("eligibility ")
        assert re.search(r"[a-z]{2}", en)
        assert not re.search(r"[\u4e00-\u9fff]{9}", en)


def test_every_code_of_a_command_or_rule_file_has_an_example_and_no_other_code_has() -> None:
    assert examples().keys() == command_codes().keys()


@pytest.mark.parametrize("texts", examples().values(), ids=examples())
def test_an_example_is_short_and_where_it_needs_words_it_has_them_in_both_languages(texts: tuple[str, ...]) -> None:
    assert all(0 < len(text) <= 80 for text in texts)
    if len(texts) == 2:
        assert re.search(r"[\u4e00-\u9fff]", texts[0])
        assert not re.search(r"[\u4e00-\u9fff]{9}", texts[1])
    else:
        assert len(texts) == 1
        assert "`" not in texts[0]


@pytest.mark.parametrize(("code", "shown"), example_file()["rule_files"].items())
def test_the_example_of_a_rule_file_is_one_that_gives_the_code(code: str, shown: list[str]) -> None:
    """tests/rulebook/test_rule_lint.py sees to it that the bad file gives the codes that it says."""
    bad = (BAD / f"{shown[0]}.yaml").read_text(encoding="utf-8")
    assert re.search(rf"^# expect(?:@\S+)?: {code} ", bad, re.MULTILINE)
    if len(shown) == 2:
        assert re.search(".*?".join(map(re.escape, shown[1].split(" … "))), bad, re.DOTALL)


def test_words_are_kept_for_no_code_that_is_gone_or_stands_in_a_catalogue() -> None:
    assert composed().keys() <= {said.code for said in codes_in_source()} - {entry.code for entry in ENTRIES}


def test_no_room_raises_a_code_that_the_page_does_not_look_for() -> None:
    """Codes made by any call, also of a maker with another name: Finding, refuse … and their wrappers."""
    told = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))
    calls = re.compile(
        r"(?:[Ff]inding|[Rr]efus\w*|[Ww]arning|[Nn]oted|misnamed|_broken|_missing|_wrong|_bad)\(\s*\n?\s*(?:\w+, )?\"([a-z]+(?:_[a-z]+)+)\""
    )
    sources = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    missing = {(path.name, code) for path, text in sources.items() for code in calls.findall(text) if code not in told}
    assert missing == set()


def test_no_function_or_table_gives_a_code_that_the_page_does_not_know() -> None:
    """By what functions give back, not by their names; also tuples (code, …, sentence) and tables of sentences by code."""
    told = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")}
    nodes = [(path.name, node) for path, tree in trees.items() for node in ast.walk(tree)]
    makers = {node.name for _, node in nodes if isinstance(node, ast.FunctionDef) and gives_finding(node)}
    assert {"finding", "misnamed", "refuse", "noted"} <= makers
    firsts = [(name, node.elts[0]) for name, node in nodes if isinstance(node, ast.Tuple) and says(node)]
    for name, node in nodes:
        if isinstance(node, ast.FunctionDef) and gives_finding(node):
            tables = [one for one in ast.walk(node) if isinstance(one, ast.Dict) and any(map(is_text, one.values))]
            firsts += [(name, key) for one in tables for key in one.keys if key is not None]
        if isinstance(node, ast.Call) and named(node.func) in makers | {"Diagnostic", "RuleFinding"}:
            codes = [one.value for one in node.keywords if one.arg == "code"]
            firsts += [(name, one) for one in (*node.args[:2], *codes)]
    given = {(name, one.value) for name, one in firsts if isinstance(one, ast.Constant) and is_code(one.value)}
    assert len(given) > 100
    assert {(name, code) for name, code in given if code not in told} == set()


def gives_finding(function: ast.FunctionDef) -> bool:
    told = ast.unparse(function.returns) if function.returns is not None else ""
    return re.search(r"\b(?:Diagnostic|RuleFinding|InputError|ExpressionError)\b", told) is not None


def says(node: ast.Tuple) -> bool:
    return any(is_text(one) or named(one).strip("_").lower() in {"problem", "said", "remedy"} for one in node.elts)


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and named(node.func) == "Bilingual"


def named(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def is_code(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[a-z]+(?:_[a-z]+)+", value) is not None


def test_every_issue_that_intake_can_raise_has_its_words() -> None:
    known = {issue.id for issue in ISSUES}
    sources = "\n".join(path.read_text(encoding="utf-8") for path in Path(PACKAGE / "intake").rglob("*.py"))
    queries = "\n".join(path.read_text(encoding="utf-8") for path in Path(PACKAGE / "intake").rglob("*.sql"))
    raised = {
        *re.findall(r"(?:notice\(|Notice\(\s*|issue=|Aside\(\w+, )\"(\w+)\"", sources),
        *CHECKS,
        "household_without_persons",
    }
    raised |= set(re.findall(r"'(repeated_row|contradicting_row|required_blank|extra_cells|unknown_group)'", queries))
    raised |= set(
        re.findall(
            r"return \(?(?:[\w, ]+)?\"(bad_\w+|two_\w+|negative|digits_lost|identity_invalid|unit_conflict)\"", sources
        )
    )
    assert len(raised) > 25
    assert raised <= known


def test_no_issue_is_listed_that_nothing_raises() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for package in ("intake", "identify")
        for kind in ("*.py", "*.sql")
        for path in Path(PACKAGE / package).rglob(kind)
    )
    idle = [issue.id for issue in ISSUES if not re.search(rf"[\"'/]{issue.id}[\"']", code)]
    assert idle == []
    assert len({entry.code for entry in CATALOGUE.entries}) == len(CATALOGUE.entries)
