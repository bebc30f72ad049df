"""Typed findings on papers made by hand: each kind is found where it is, and is not found where it is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from eligibility.application.pipeline import execute
from eligibility.application.stage import Work
from eligibility.reconcile.findings import EVIDENCE, KINDS
from eligibility.rulebook import load_policy
from reconcile.finding_cases import CASES, in_one_dossier, of_case
from support.paper_folder import AS_OF, RULES, Papers

POLICY = load_policy(RULES, as_of=AS_OF)
Findings = list[dict[str, Any]]


def found(papers: Papers, folder: Path) -> Findings:
    con = duckdb.connect()
    execute(Work(con, POLICY, papers.write(folder)), last="reconcile")
    rows = con.execute("SELECT * REPLACE (day::VARCHAR AS day, other_day::VARCHAR AS other_day) FROM link.findings")
    names = [column[0] for column in rows.description]
    return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    return found(in_one_dossier(), tmp_path_factory.mktemp("findings"))


@pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{case.code}: {case.name}" for case in CASES])
def test_a_kind_is_found_where_it_is_and_only_there(number: int, findings: Findings) -> None:
    case = CASES[number]
    mine = [of_case(number, one) for one in findings if one["code"] == case.code]
    told = [one for one in mine if one is not None]
    assert len(told) == len(case.expected), told
    for one, expected in zip(told, case.expected, strict=True):
        assert {name: one[name] for name in expected} == expected


def test_every_kind_has_cases_with_and_without_it() -> None:
    assert {case.code for case in CASES if case.expected} == KINDS.keys()
    assert {case.code for case in CASES if not case.expected} == KINDS.keys()


def test_the_order_of_rows_changes_nothing(findings: Findings, tmp_path: Path) -> None:
    backward = Papers({name: rows[::-1] for name, rows in in_one_dossier().tables.items()})
    assert found(backward, tmp_path) == findings


def test_every_sentence_is_filled_and_every_item_has_words(findings: Findings) -> None:
    for one in findings:
        assert not [
            text
            for text in (one["problem"], one["problem_en"], one["remedy"], one["remedy_en"])
            if "{" in text or not text
        ]
        assert {item.partition(":")[0] for item in one["evidence"].split(";")} <= EVIDENCE.keys()


def test_the_kinds_have_the_names_people_use() -> None:
    assert [kind.title.zh for kind in KINDS.values()] == [
        *(
            "查无批文",
            "查无协议",
            "未批先征",
            "超征",
            "多协议共超批文",
            "批大征小",
            "重复征收",
            "一项目多批",
            "以租代征",
            "收储未征",
        ),
        *("单位换算存疑", "批次自相矛盾", "地点与所引批文矛盾", "权属存疑"),
    ]
