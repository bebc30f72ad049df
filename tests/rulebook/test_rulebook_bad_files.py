"""What policy staff are told when a rule file is wrong: what, in which file, on which line, and what was meant."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rulebook.rule_copy import RuleCopy

CONDITIONS = "km-reform/conditions.yaml"
LINE = "lawful_loss > 0 and remaining_per_head <= most_land_line"
AGE = "age_at_approval >= adult_age"
ADULT = "km-reform/clauses/adult.yaml"
PENSION = "km-reform/clauses/employee_pension.yaml"
MOST = "km-reform/parameters/most_land_line.yaml"

# file, what stands there, what it is spoilt to, code, what the finding must say (problem or remedy)
BAD = {
    "unknown key": (ADULT, "text: ", "txet: 无\ntext: ", "unknown_key", "是否应为“text”"),
    "unknown key in a citation": (MOST, "article:", "articel: x\n      article:", "unknown_key", "是否应为“article”"),
    "no citation": (PENSION, "citation:\n", "note: |\n", "no_citation", "缺少出处"),
    "empty article": (MOST, "article: 条次未见；数值借自文山市实施方案与省试行办法", 'article: ""', "no_citation", "article"),
    "missing key": (ADULT, "title: 批准日已满十六周岁\n", "", "missing_key", "title"),
    "bad enumeration": (ADULT, "kind: register", "kind: registers", "bad_value", "是否应为“register”"),
    "unknown fact": (CONDITIONS, AGE, "age_at_aproval >= adult_age", "unknown_name", "是否应为“age_at_approval”"),
    "unknown fact in Chinese": (CONDITIONS, "expression: 只见收储", "expression: 只见收除", "unknown_name", "是否应为“只见收储”"),
    "unknown parameter": (CONDITIONS, AGE, "age_at_approval >= adult_aeg", "unknown_name", "是否应为“adult_age”"),
    "unknown condition": (ADULT, "when: adult\n", "when: adlut\n", "unknown_name", "是否应为“adult”"),
    "unknown reason": (ADULT, "otherwise: [status_unknown]", "otherwise: [status_unknwon]", "unknown_name", "status_unknown"),
    "unknown instrument": (ADULT, "instrument: km-reform", "instrument: km-refrom", "unknown_name", "是否应为“km-reform”"),
    "unknown list of reasons": (ADULT, "use: coverage", "use: covrage", "unknown_name", "是否应为“coverage”"),
    "unknown body": ("reasons.yaml", "bodies: [agriculture]", "bodies: [agricultrue]", "unknown_name", "agriculture"),
    "unknown paper": ("reasons.yaml", "documents: [id_card]", "documents: [id_crad]", "unknown_name", "id_card"),
    "unknown parameter rested on": (
        CONDITIONS, "parameter: special_works_words", "parameter: special_work_words", "unknown_name", "special_works_words"
    ),
    "area against a day": (CONDITIONS, LINE, "lawful_loss > start_date and remaining_per_head <= most_land_line",
                           "type_mismatch", "起始日"),
    "area against area a head": (CONDITIONS, LINE, "lawful_loss <= most_land_line", "type_mismatch", "依法征收面积"),
    "years against 亩": (CONDITIONS, AGE, "age_at_approval >= 16 亩", "unit_mismatch", "岁"),
    "area without unit": (CONDITIONS, LINE, "lawful_loss > 0 and remaining_per_head <= 0.3", "unit_mismatch", "亩"),
    "area against a text": (CONDITIONS, LINE, "lawful_loss > '2009-01-01'", "type_mismatch", "依法征收面积"),
    "finer than the scale": (CONDITIONS, LINE, "lawful_loss > 0.0000001 亩 and remaining_per_head <= most_land_line",
                             "unit_mismatch", "精度"),
    "an impossible day": (CONDITIONS, "approval_date >= start_date", "approval_date >= '2009-02-30'", "bad_value", "日期"),
    "a choice that is none": (CONDITIONS, "employee_pension = 'none'", "employee_pension = 'nnoe'", "unknown_name", "none"),
    "order on a choice": (CONDITIONS, "employee_pension = 'none'", "employee_pension > 'none'", "type_mismatch", "比较"),
    "a truth compared": (CONDITIONS, "expression: not deceased", "expression: deceased = 1", "type_mismatch", "审核日前死亡"),
    "an area as a truth": (CONDITIONS, "expression: not deceased", "expression: not own_area", "type_mismatch", "own_area"),
    "arithmetic": (CONDITIONS, LINE, "lawful_loss * own_area > 0", "bad_expression", "不能相乘"),
    "a function": (CONDITIONS, AGE, "abs(age_at_approval) >= adult_age", "bad_expression", "ABS"),
    "a chain": (CONDITIONS, AGE, "16 岁 <= age_at_approval <= 18 岁", "bad_expression", "不允许"),
    "a query": (CONDITIONS, AGE, "exists (select 1)", "bad_expression", "不允许"),
    "a statement": (CONDITIONS, AGE, "drop table persons", "bad_expression", "不允许"),
    "unparsable": (CONDITIONS, AGE, "age_at_approval >= >= adult_age", "bad_expression", "无法解析"),
    "a clause that compares": (ADULT, "when: adult\n", "when: adult and age_at_approval >= 16\n", "bad_expression", "不允许"),
    "a clause with a wrong connective": (ADULT, "when: adult\n", "when: {every: [adult]}\n", "bad_expression", "every"),
    "comparison of no comparison": (CONDITIONS, "comparison: most_land_compare", "comparison: adult_age", "type_mismatch",
                                    "comparison"),
    "open without a reason": (ADULT, "otherwise: [status_unknown]\n", "", "missing_key", "otherwise"),
    "refer reason on a register clause": (ADULT, "otherwise:", "on_refuted: [imprisoned]\notherwise:", "bad_value", "refer"),
    "value of another type": (MOST, 'value: 0.3', "value: true", "bad_value", "不符"),
    "value of another unit": (MOST, "unit: 亩", "unit: 里", "bad_value", "亩"),
    "set but status unset": (MOST, "status: assumed", "status: unset", "bad_value", "unset"),
    "comparison value": ("km-reform/parameters/most_land_compare.yaml", "alternatives: [lt, le]", "alternatives: [lt, let]",
                         "bad_value", "le"),
    "choice value": ("km-reform/parameters/shared_land_attribution.yaml", "value: documented_only", "value: documented_olny",
                     "bad_value", "documented_only"),
    "overlap in time": ("km-reform/parameters/state_council_other_line.yaml", "since: 2020-01-01", "since: 1998-01-01",
                        "bad_timeline", "颠倒"),
    "unknown place": ("km-reform/parameters/local_places.yaml", "[呈贡区]", "[程贡区]", "unknown_name", "呈贡区"),
    "clause listed but without file": ("km-reform/rulebook.yaml", "  - alive\n", "  - alive\n  - alvie\n", "unknown_name",
                                       "是否应为“alive”"),
    "clause file left out": ("km-reform/rulebook.yaml", "  - alive\n", "", "clause_not_listed", "alive"),
    "clause listed twice": ("km-reform/rulebook.yaml", "  - alive\n", "  - alive\n  - alive\n", "duplicate_id", "alive"),
    "id and file name differ": (PENSION, "id: employee_pension", "id: pension", "id_and_name", "employee_pension"),
    "the same condition twice": (CONDITIONS, "not_officer:\n", "alive:\n", "duplicate_id", "alive"),
    "the same title twice": ("facts.yaml", "title: 在册人口\n", "title: 服刑\n", "duplicate_id", "服刑"),
    "an anchor": (ADULT, "when: adult\n", "when: &x adult\nexcepts: *x\n", "bad_yaml", "锚点"),
    "a tag that would run code": (ADULT, "when: adult\n", "when: !!python/object:os.system x\n", "bad_yaml", "标签"),
    "no YAML": (ADULT, "when: adult\n", "when: [adult\n", "bad_yaml", "语法"),
    "outcome left out": ("km-reform/rulebook.yaml", "  register: 备案登记\n", "", "bad_value", "register"),
}  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new", "code", "says"), BAD.values(), ids=BAD)
def test_a_wrong_file_is_reported(*, tmp_path: Path, path: str, old: str, new: str, code: str, says: str) -> None:
    rules = RuleCopy.at(tmp_path)
    rules.edit(path, old, new)
    named = [f for f in rules.findings() if f.code == code and says in f.problem.zh + f.remedy.zh]
    assert named, [f.in_language("zh") for f in rules.findings()]
    assert Path(named[0].at.file).name in (Path(path).name, "conditions.yaml")
    assert all(f.problem.en and f.remedy.en and f.at.row for f in named)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (CONDITIONS, AGE, "age_at_aproval >= adult_age"),
        (ADULT, "kind: register", "kind: registers"),
        (ADULT, "otherwise: [status_unknown]", "otherwise: [status_unknwon]"),
        (MOST, "value: 0.3", "value: true"),
        ("reasons.yaml", "documents: [id_card]", "documents: [id_crad]"),
        ("km-reform/parameters/state_council_other_line.yaml", "since: 2020-01-01", "since: 1998-01-01"),
    ],
)
def test_the_line_is_the_one_that_was_spoilt(tmp_path: Path, path: str, old: str, new: str) -> None:
    rules = RuleCopy.at(tmp_path)
    line = rules.edit(path, old, new)
    assert [f.at.row for f in rules.findings()] == [line]


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    rules = RuleCopy.at(tmp_path)
    rules.edit(CONDITIONS, AGE, "age_at_aproval >= adult_aeg")
    rules.edit(ADULT, "kind: register", "kind: registers")
    rules.edit(MOST, "value: 0.3", "value: true")
    rules.edit("reasons.yaml", "documents: [id_card]", "documents: [id_crad]")
    said = " ".join(f.in_language("zh") for f in rules.findings())
    assert all(word in said for word in ("age_at_aproval", "adult.yaml", "most_land_line.yaml", "id_crad"))


def test_a_broken_parameter_is_not_reported_again_where_it_is_used(tmp_path: Path) -> None:
    rules = RuleCopy.at(tmp_path)
    rules.edit(MOST, "title: ", "tilte: ")
    assert {Path(f.at.file).name for f in rules.findings()} == {"most_land_line.yaml"}


@pytest.mark.parametrize(
    ("day", "in_force"),
    [(date(2018, 12, 31), False), (date(2019, 1, 1), True), (date(2022, 10, 31), True)],
)
def test_before_the_rulebook_is_in_force_there_is_no_law(tmp_path: Path, day: date, *, in_force: bool) -> None:
    codes = [f.code for f in RuleCopy.at(tmp_path).findings(as_of=day)]
    assert codes == ([] if in_force else ["not_in_force"])


def test_after_a_rulebook_ends_there_is_no_law(tmp_path: Path) -> None:
    rules = RuleCopy.at(tmp_path)
    rules.edit("km-reform/rulebook.yaml", "  since: 2019-01-01\n", "  since: 2019-01-01\n  until: 2022-10-31\n")
    assert [f.code for f in rules.findings(as_of=date(2022, 10, 30))] == []
    assert [f.code for f in rules.findings(as_of=date(2022, 10, 31))] == ["not_in_force"]


def test_a_folder_that_is_no_rulebook_names_the_nearest_one(tmp_path: Path) -> None:
    [finding] = RuleCopy.at(tmp_path).findings(regime="km-refrom")
    assert finding.code == "no_rulebook"
    assert "km-reform" in finding.remedy.zh


def test_a_missing_shared_file_is_named(tmp_path: Path) -> None:
    rules = RuleCopy.at(tmp_path)
    (rules.root / "gazetteer.yaml").unlink()
    assert "gazetteer.yaml" in [Path(f.at.file).name for f in rules.findings() if f.code == "unreadable_file"]


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    rules = RuleCopy.at(tmp_path)
    (rules.root / "bodies.yaml").write_bytes("agency: 区级经办机构".encode("gb18030"))
    assert ("bad_yaml", "bodies.yaml") in [(f.code, Path(f.at.file).name) for f in rules.findings()]
