"""Every rulebook that comes along is proved within a minute of a processor in all; the commands say what came of it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from eligibility.cli.app import run_app
from eligibility.proving import Proof, Verdict, compare, prove_folder
from eligibility.rulebook import rulebooks
from eligibility.rulebook.difference import read_side
from rulebook.rule_copy import AS_OF, RULES, RuleCopy

QUOTIENTS = {"shanxi-2019", "songyang-2016"}
"""Rulebooks with a quotient by a fact, which may take longer than a claim is given where the machine is busy."""


@pytest.fixture(scope="module")
def proofs() -> tuple[dict[str, Proof], float]:
    begun = time.process_time()
    made = {name: prove_folder(RULES / name, AS_OF) for name in rulebooks(RULES)}
    return made, time.process_time() - begun


def test_every_rulebook_is_proved(proofs: tuple[dict[str, Proof], float]) -> None:
    made, seconds = proofs
    assert len(made) == 13
    assert {name for name, proof in made.items() if proof.count(Verdict.FAILED)} == set()
    assert {name for name, proof in made.items() if proof.count(Verdict.UNDECIDED)} <= QUOTIENTS
    assert seconds < 60  # of a processor


def test_a_quotient_by_what_may_be_zero_is_overturned(tmp_path: Path) -> None:
    rules = RuleCopy.at(tmp_path)
    rules.edit("shanxi-2019/facts.yaml", "  always: [村征前人均耕地 > 0]\n", "")
    proof = prove_folder(rules.root / "shanxi-2019", AS_OF)
    found = {claim.property: claim.verdict for claim in proof.claims if claim.property == "never_overturned"}
    assert found["never_overturned"] in (Verdict.FAILED, Verdict.UNDECIDED)


def test_the_present_rulebook_keeps_its_promises(proofs: tuple[dict[str, Proof], float]) -> None:
    claims = proofs[0]["km-reform"].claims
    kept = {(c.property, c.subject) for c in claims if c.verdict is Verdict.PROVED and c.property.startswith("never_")}
    assert {("never_depends_on", name) for name in ("sex", "姓名", "民族", "户口性质")} <= kept
    assert {("never_hurts", "lawful_loss"), ("never_overturned", "")} <= kept
    line = next(c for c in claims if c.property == "boundary_once" and c.subject.startswith("remaining_per_head"))
    assert "转核查" in line.sentence.zh  # whether the line itself counts is not settled by any paper
    assert [c.accepted != "" for c in claims if c.verdict is Verdict.ACCEPTED].count(False) == 0


def test_a_rewriting_of_clauses_is_proved_to_change_nothing(tmp_path: Path) -> None:
    rules = RuleCopy.at(tmp_path)
    rules.edit(
        "km-reform/conditions.yaml",
        "expression: not (officers_excluded and officer)",
        "expression: not officers_excluded or not officer",
    )
    rules.edit("km-reform/clauses/imprisoned.yaml", "when: {not: imprisoned}", "when: not (imprisoned or imprisoned)")
    result = compare(read_side(RULES / "km-reform", AS_OF), read_side(rules.root / "km-reform", AS_OF))
    assert (result.outcomes, result.reasons, result.regions) == (Verdict.PROVED, Verdict.PROVED, ())


def test_a_moved_line_is_the_region_between_the_two(tmp_path: Path) -> None:
    rules = RuleCopy.at(tmp_path)
    rules.edit("km-reform/parameters/most_land_line.yaml", "value: 0.3\n", "value: 0.35\n")
    sides = read_side(RULES / "km-reform", AS_OF), read_side(rules.root / "km-reform", AS_OF)
    result = compare(*sides)
    turns = {(region.was, region.becomes): region for region in result.regions}
    assert ("eligible", "not_eligible") not in turns
    region = turns["not_eligible", "eligible"]
    assert region.sentence.zh == "人均剩余耕地高于 0.3 亩、低于 0.35 亩：由不符合变为符合"
    assert region.person is not None
    assert 30_000_000 < region.person.row["remaining_per_head_lo"] < 35_000_000
    back = {(region.was, region.becomes) for region in compare(*reversed(sides)).regions}
    assert back == {(becomes, was) for was, becomes in turns}


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    sys.argv = ["eligibility", *arguments]
    try:
        run_app()
        status = 0
    except SystemExit as done:
        status = int(done.code or 0)
    captured = capsys.readouterr()
    return status, captured.out + captured.err


def test_the_command_writes_the_persons_and_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "cases"
    rules = RuleCopy.at(tmp_path)
    conditions = rules.root / "wenshan-2019" / "conditions.yaml"
    text = conditions.read_text(encoding="utf-8")
    begin = text.index("  accepted:\n    never_overturned:")
    conditions.write_text(
        text[:begin] + text[text.index("\n", text.index("never_overturned:")) + 1 :], encoding="utf-8"
    )
    folder = str(rules.root / "wenshan-2019")
    status, text = run(["rules", "prove", folder, "--out", str(out)], capsys)
    assert status == 2
    assert "✗ 多知道一件事，已有的结论被推翻" in text
    cases = sorted(out.glob("*.yaml"))
    assert [path.name for path in cases] == [
        f"wenshan-2019-never_overturned-{name}.yaml" for name in ("after", "before")
    ]
    outcomes = []
    for case in cases:
        _, told = run(["check", str(case), "--rules", folder, "--json"], capsys)
        outcomes.append(json.loads(told)["outcome"])
    assert outcomes == ["register", "eligible"]


def test_the_persons_of_a_difference_are_cases_that_show_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = RuleCopy.at(tmp_path)
    rules.edit("km-reform/parameters/most_land_line.yaml", "value: 0.3\n", "value: 0.35\n")
    old, new, out = str(RULES / "km-reform"), str(rules.root / "km-reform"), tmp_path / "cases"
    status, text = run(["--lang", "en", "rules", "diff", old, new, "--prove", "--out", str(out)], capsys)
    assert status == 0
    assert "from Not eligible to Eligible" in text
    case = out / "km-reform-not_eligible-eligible.yaml"
    told = [json.loads(run(["check", str(case), "--rules", each, "--json"], capsys)[1]) for each in (old, new)]
    assert [each["outcome"] for each in told] == ["not_eligible", "eligible"]
    shown = next(line for line in text.splitlines() if line.strip().startswith("such a person") and "yes" in line)
    assert "是" not in shown and "亩" not in shown


def test_what_is_not_proved_in_time_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eligibility.proving.search.Search.remaining", property(lambda _: 0.0))
    status, text = run(["rules", "prove", str(RULES / "chengdu-2004"), "--json"], capsys)
    assert status == 3
    (proof,) = json.loads(text)
    assert proof["holds"] is False
    assert proof["counts"]["undecided"] > 10


def test_without_the_solver_the_command_says_how_to_install_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eligibility.proving.find_spec", lambda _: None)
    nanan = str(RULES / "nanan")
    diff, spec = ["rules", "diff", nanan, nanan, "--prove"], ["spec", "--rules", nanan, "--mutants"]
    for command in (["rules", "prove", nanan], diff, spec):
        status, text = run(command, capsys)
        assert status == 2
        assert "eligibility[prove]" in text


def test_no_other_command_pays_for_the_solver() -> None:
    code = (
        "import sys; import eligibility.cli.rules_app, eligibility.cli.rules_check, eligibility.application.case;"
        "import eligibility.proving; print('z3' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
