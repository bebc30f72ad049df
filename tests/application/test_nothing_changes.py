"""A what-if in which nothing changes changes nothing, in a run that rests on answers and judgements of reviewers."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from reviewed_run import reviewed_run
from typer.testing import CliRunner

from eligibility.cli.app import app
from eligibility.labels.values import written
from eligibility.rulebook import load_policy
from support.paper_folder import AS_OF, RULES, resident_id

POLICY = load_policy(RULES, as_of=AS_OF)


def printed(*words: str | Path) -> object:
    """What a command prints as JSON; it must come to a good end."""
    done = CliRunner().invoke(app, [*map(str, words), "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def outcomes(run: Path) -> dict[str, tuple[str, str]]:
    with (run / "decisions.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["name"]: (row["outcome"], row["reasons"]) for row in csv.DictReader(file)}


def test_the_run_rests_on_its_reviewers(reviewed: Path) -> None:
    """Else the tests below prove nothing."""
    found = outcomes(reviewed)
    assert found["人10"][0] == "eligible", "the judgement joins its agreement to an approval"
    contradicted = {name for name, (_, reasons) in found.items() if "conflicting_evidence" in reasons.split(";")}
    assert contradicted == {"人1", "人2", "人3", "人5", "人6"}
    assert "judgement_impossible" in (reviewed / "quarantine.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", POLICY.parameters)
def test_the_value_that_already_holds_changes_nobody(reviewed: Path, name: str) -> None:
    parameter, value = POLICY.parameters[name], POLICY.value(name)
    text = "" if value is None else written(parameter, value)
    found = printed("rules", "impact", "--run", reviewed, "--param", f"{name}={text}")
    assert (found["changed"], found["reasons_only"], found["persons"]) == (0, 0, 10)


def test_special_words_that_no_project_bears_change_nobody(reviewed: Path) -> None:
    found = printed("rules", "impact", "--run", reviewed, "--param", "special_works_words=海上风电")
    assert (found["changed"], found["reasons_only"], found["decided_from"]) == (0, 0, "links")


def test_every_way_of_attributing_land_says_the_same_where_no_land_is_shared(reviewed: Path) -> None:
    for way in ("documented_only", "group_ratio", "per_capita"):
        found = printed("rules", "impact", "--run", reviewed, "--param", f"shared_land_attribution={way}")
        assert (way, found["changed"]) == (way, 0)


def test_whom_an_answer_contradicts_stays_with_a_person_under_other_values(reviewed: Path) -> None:
    """人1 and 人2 by their own rows, 人3, 人5 and 人6 through their agreement: an answer is heard by a what-if too."""
    for text in ("agreements_complete=false", "shared_land_attribution=per_capita", "start_date=2012-01-01"):
        found = printed("rules", "impact", "--run", reviewed, "--param", text)
        assert not [one for one in found["reasons"] if one["reason"] == "conflicting_evidence"]
        assert not [turn for turn in found["turns"] if turn["old"] == "manual_review" and turn["new"] == "eligible"]


def test_the_evidence_of_a_match_is_what_links_csv_says(reviewed: Path) -> None:
    with (reviewed / "links.csv").open(encoding="utf-8-sig", newline="") as file:
        links = list(csv.DictReader(file))
    assert any("judged_confirmed" in row["evidence"] for row in links)
    for row in links:
        told = printed("reconcile", "explain", row["agreement_no"], "--run", reviewed)
        (line,) = told["lines"]
        (rival,) = [one for one in line["rivals"] if one["approval_no"] == row["approval_no"]]
        assert rival["score"] == int(row["score"])
        assert ";".join(sorted(f"{one['item']}:{one['weight']:+d}" for one in rival["evidence"])) == ";".join(
            sorted(row["evidence"].split(";"))
        )
        assert rival["judged_by"] == row["judged_by"]


def test_the_terminal_names_who_confirmed_a_match(reviewed: Path) -> None:
    done = CliRunner().invoke(app, ["reconcile", "explain", "协10", "--run", str(reviewed)], catch_exceptions=False)
    assert "李判定" in done.stdout
    assert resident_id(10) not in done.stdout


def edited_gazetteer(folder: Path, old: str, new: str) -> Path:
    """A copy of the rulebook with other place names."""
    shutil.copytree(RULES.parent, folder / "rules")
    gazetteer = folder / "rules" / "gazetteer.yaml"
    text = gazetteer.read_text(encoding="utf-8")
    assert old in text
    gazetteer.write_text(text.replace(old, new), encoding="utf-8")
    return folder / "rules" / "km-reform"


def test_a_changed_gazetteer_reaches_the_names_of_communities(reviewed: Path, tmp_path: Path) -> None:
    """人9 stands in 老鸦社区: nothing took its land, until 老鸦社区 is known as a former name of 乌龙社区."""
    rules = edited_gazetteer(tmp_path, "  note: 2011年", "  communities: {乌龙社区: [老鸦社区]}\n  note: 2011年")
    found = printed("rules", "impact", rules, "--run", reviewed)
    assert found["decided_from"] == "papers"
    then = {turn["old"]: turn["persons"] for turn in found["turns"]}
    run = reviewed_run(tmp_path, rules=rules)
    before, after = outcomes(reviewed), outcomes(run)
    changed = [name for name in before if before[name][0] != after[name][0]]
    assert "人9" in changed
    assert sum(then.values()) == len(changed)
    assert found["reasons_only"] == sum(
        before[name][0] == after[name][0] and before[name] != after[name] for name in before
    )
