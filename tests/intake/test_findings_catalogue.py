"""docs/findings.md is made from the code, is fresh, and no code is missing from it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bench.findings import PACKAGE, Said, codes_in_source, command_codes, composed, page

from eligibility.domain.catalogue import Entry
from eligibility.intake.between.checks import CHECKS
from eligibility.intake.notices import CATALOGUE, ISSUES
from eligibility.reporting.pages.findings_page import catalogues, entry_text

DOCS = PACKAGE.parents[1] / "docs"
ENTRIES = [entry for one in catalogues() for entry in one.entries]


def test_the_page_is_fresh() -> None:
    assert (DOCS / "findings.md").read_text(encoding="utf-8") == page(), "python -m bench.findings > docs/findings.md"


def test_every_code_of_the_source_is_on_the_page() -> None:
    told = set(re.findall(r"^\| `(\w+)` \|", page(), re.MULTILINE))
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


def test_words_are_kept_for_no_code_that_is_gone_or_stands_in_a_catalogue() -> None:
    assert composed().keys() <= {said.code for said in codes_in_source()} - {entry.code for entry in ENTRIES}


def test_no_room_raises_a_code_that_the_page_does_not_look_for() -> None:
    """Codes made by any call, also of a maker with another name: Finding, refuse … and their wrappers."""
    told = set(re.findall(r"^\| `(\w+)` \|", page(), re.MULTILINE))
    calls = re.compile(
        r"(?:[Ff]inding|[Rr]efus\w*|[Ww]arning|[Nn]oted|misnamed|_broken|_missing|_wrong|_bad)\(\s*\n?\s*(?:\w+, )?\"([a-z]+(?:_[a-z]+)+)\""
    )
    sources = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    missing = {(path.name, code) for path, text in sources.items() for code in calls.findall(text) if code not in told}
    assert missing == set()


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
        path.read_text(encoding="utf-8") for kind in ("*.py", "*.sql") for path in Path(PACKAGE / "intake").rglob(kind)
    )
    idle = [issue.id for issue in ISSUES if not re.search(rf"[\"'/]{issue.id}[\"']", code)]
    assert idle == []
    assert len({entry.code for entry in CATALOGUE.entries}) == len(CATALOGUE.entries)
