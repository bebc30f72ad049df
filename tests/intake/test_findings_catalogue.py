"""docs/findings.md is made from the code, is fresh, and no code is missing from it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bench.findings import PACKAGE, codes_in_source, page

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
