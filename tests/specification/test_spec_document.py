"""The living document: everything a reviewer needs on one page, and nothing from outside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from eligibility.specification import Specification
from eligibility.specification.contents import matrix
from eligibility.specification.document import living_document

Tried = Callable[..., Specification]
FAILING = """  场景大纲: 年龄<年龄>
    假如 申请人的"批准日年龄"为"<年龄>"
    当 按"km-reform"于"2022-10-31"审核
    那么 结论应为"<结论>"
    例子:
      | 年龄 | 结论   |
      | 15岁 | 不符合 |
  场景: 写错了 <script>alert(1)</script>
    假如 申请人的"批准日年令"为"15岁"
    当 按"km-reform"于"2022-10-31"审核
    那么 结论应为"符合"
"""


@pytest.fixture(scope="module")
def page(km_reform: Specification) -> str:
    return living_document(km_reform)


def test_every_clause_stands_with_citation_words_and_status(km_reform: Specification, page: str) -> None:
    for clause in km_reform.policy.clauses.values():
        article = page.split(f'id="{clause.id}">')[1].split("</article>", maxsplit=1)[0]
        assert clause.title in article
        assert clause.citation.instrument in article
        assert clause.citation.article in article
        assert {"seen": "见原文", "quoted": "转引", "assumed": "推定", "unset": "未定"}[
            clause.citation.status
        ] in article
        if clause.citation.quote and not clause.citation.quote.startswith("未"):
            assert f"<q>{clause.citation.quote}</q>" in article


def test_every_example_stands_with_its_result(km_reform: Specification, page: str) -> None:
    outlined = [trial for trial in km_reform.trials if trial.row.cells]
    assert page.count('<tr class="passed">') == len(outlined)
    for trial in outlined:
        assert f"<td>{trial.row.cells[0]}</td>" in page or f"<code>{trial.row.cells[0]}</code>" in page
    assert f"{len(km_reform.trials)} 个案例全部通过" in page


def test_reasons_are_given_by_title_beside_their_code(page: str) -> None:
    assert '<b>at_threshold</b><span class="named">人均剩余耕地恰为标准' in page


def test_the_page_needs_nothing_from_outside(page: str) -> None:
    assert not re.findall(r"https?://|<script|<img|<link|@import|url\(", page)
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets <= set(re.findall(r'id="([^"]+)"', page))
    assert len(targets) > 100


def test_the_same_specification_gives_the_same_bytes(km_reform: Specification, page: str) -> None:
    assert living_document(km_reform) == page


def test_the_frame_can_be_english_and_the_law_stays_chinese(km_reform: Specification) -> None:
    page = living_document(km_reform, lang="en")
    assert '<html lang="en">' in page
    assert f"All {len(km_reform.trials)} examples come out as written" in page
    assert "失去全部或大部分土地" in page
    assert "告知用语" not in page


def test_a_failure_is_shown_first_with_expected_and_found(tried: Tried) -> None:
    page = living_document(tried(FAILING))
    failed = page.split('id="failed"')[1].split("</section>")[0]
    assert "结论应为“<b>不符合</b>”" in failed
    assert 'class="found">备案登记' in failed
    assert "是否应为“批准日年龄”" in failed
    assert page.index('id="failed"') < page.index('id="clauses"')


def test_what_people_write_cannot_become_markup(tried: Tried) -> None:
    page = living_document(tried(FAILING))
    assert "<script" not in page
    assert "&lt;/script" in page or "<var>script</var>" in page


def test_a_clause_without_scenarios_is_called_out(tried: Tried) -> None:
    page = living_document(tried('  场景: 好的\n    当 按"km-reform"于"2022-10-31"审核\n    那么 结论应为"符合"\n'))
    article = page.split('id="alive">')[1].split("</article>")[0]
    assert "本条没有场景" in article
    assert "本条没有场景" not in page.split('id="adult">')[1].split("</article>")[0]


def test_the_matrix_tells_which_marks_a_scenario_shows(tried: Tried) -> None:
    found = matrix(tried(FAILING))
    ((_, lines),) = found.groups
    marks = dict(lines[0].marks)
    assert dict(marks["adult"]) == {"refuted": 1}
    assert dict(marks["alive"]) == {"proven": 1}
    assert not any(counted for _, counted in lines[1].marks)
    assert [clause.id for clause in found.clauses][3] == "most_land_lost"


def test_the_guide_lists_every_sentence() -> None:
    from eligibility.specification.sentences import EXPECTATIONS, QUESTIONS, STATEMENTS

    guide = (Path(__file__).parents[2] / "docs" / "specification.md").read_text(encoding="utf-8")
    for form in (*STATEMENTS, *QUESTIONS, *EXPECTATIONS):
        assert form in guide
