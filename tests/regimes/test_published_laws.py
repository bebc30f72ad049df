"""Eight published laws of other places: everybody whose outcome the text makes clear comes out so, from a case and from papers."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from eligibility.application.pipeline import execute
from eligibility.application.stage import Work
from eligibility.model.extra_columns import extra_columns, key_of
from eligibility.model.policy import FactType, Policy
from eligibility.model.tables import Column
from eligibility.rulebook import load_policy
from eligibility.rulebook.lint import check_rules
from eligibility.specification.features import read_features
from eligibility.specification.run import run_specification
from eligibility.store.database import connect

ROOT = Path(__file__).parents[2]
LAWS = (
    "chengdu-2004", "chongqing-2008", "mawei-2011", "nanan", "ningxia-2014", "shanxi-2019", "songyang-2016", "wuhu-2008",
)  # fmt: skip
PERSON = ("身份证号", "姓名", "户号", "街道", "社区", "小组")
CHECK = "10X98765432"


def id_of(number: int, born: str, sex: str) -> str:
    """An invented number with that birthday: its last digit before the check is odd for a man."""
    body = f"530199{born.replace('-', '')}{number:02d}{1 if sex == '男' else 2}"
    return body + CHECK[sum(int(d) * 2 ** (17 - i) for i, d in enumerate(body)) % 11]


def people(law: str):
    """Every person of the stories: what is said of them, the day, and the outcome in words."""
    standing = read_standing(ROOT / "features" / law / "其余条件.yaml")
    for feature in read_features(ROOT / "features" / law):
        if feature.clause or "补助" in str(feature.path):  # amounts are tested by their own scenarios
            continue
        for scenario in feature.scenarios:
            said, day, outcome = dict(standing), "", ""
            for step in scenario.rows[0].steps:
                said |= {fact: value for fact, value in step.table if fact != "事实"}
                if "审核" in step.text:
                    day = step.text.split('"')[3]
                if step.text.startswith("结论应为"):
                    outcome = step.text.split('"')[1]
            yield scenario.name, said, day, outcome


def read_standing(path: Path) -> dict[str, str]:
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return dict(line.split(": ", 1) for line in lines)


def cell(policy: Policy, key: str, said: dict[str, str]) -> str:
    spec = policy.facts[key.removeprefix("x_")]
    value = said.get(spec.title, "不详")
    return "" if value == "不详" else value.removesuffix(spec.unit) if spec.type is not FactType.DATE else value


@pytest.mark.parametrize("law", LAWS)
def test_the_law_checks_without_a_word_and_every_scenario_holds(law: str) -> None:
    assert check_rules(ROOT / "rules" / law, as_of=date(2020, 1, 1)).findings == ()
    found = run_specification(ROOT / "rules" / law, ROOT / "features" / law)
    assert found.holds
    facts = (ROOT / "rules" / law / "facts.yaml").read_text("utf-8")
    assert "in_dossier" not in facts
    assert "status: seen" not in "".join(p.read_text("utf-8") for p in (ROOT / "rules" / law).rglob("*.yaml"))


@pytest.mark.parametrize("law", LAWS)
def test_a_dossier_with_its_columns_is_decided_as_the_text_says(law: str, tmp_path: Path) -> None:
    """Ranges, and a sex that no number leaves open, cannot be written into a roster; everybody else is."""
    told = [
        one for one in people(law) if one[1].get("性别") != "不详" and not any(" 至 " in v for v in one[1].values())
    ]
    assert len(told) >= 4
    (day,) = {day for _, _, day, _ in told}
    policy = load_policy(ROOT / "rules" / law, as_of=date.fromisoformat(day))
    extra = extra_columns(policy)
    persons = list(extra["persons"])
    added = {column.key for columns in extra.values() for column in columns}
    contract = (spec for spec in policy.facts.values() if spec.source is not None and key_of(spec) not in added)
    persons += [
        Column(f"x_{spec.id}", spec.source.headers) for spec in contract
    ]  # columns that the contract has already
    rows = defaultdict(list)
    rows["persons"].append([*PERSON, *(column.zh for column in persons)])
    rows["groups"].append(["社区", "小组", *(column.zh for column in extra.get("groups", ()))])
    for number, (_, said, _, _) in enumerate(told, start=1):
        resident = id_of(number, said.get("出生日期", "1960-01-01"), said.get("性别", "男"))
        place = [f"户{number}", "某街道", "某社区", f"{number}组"]
        rows["persons"].append([resident, f"人{number}", *place, *(cell(policy, c.key, said) for c in persons)])
        rows["groups"].append([*place[2:], *(cell(policy, c.key, said) for c in extra.get("groups", ()))])
    for table, lines in rows.items():
        with (tmp_path / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)
    with connect() as con:
        execute(Work(con, policy, tmp_path))
        decided = con.execute("SELECT outcome FROM decision.persons ORDER BY row_id").fetchall()
    expected = [outcome for *_, outcome in told]
    assert [(name, policy.outcomes[o]) for (name, *_), (o,) in zip(told, decided, strict=True)] == [
        (name, outcome) for (name, *_), outcome in zip(told, expected, strict=True)
    ]
