"""A rulebook is released by the persons whom it asks for, after it was proved and tried; an edit makes it a draft again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from rules_tools_runs import AS_OF, finished, households
from typer.testing import CliRunner

from eligibility.application.record.place import record_of
from eligibility.application.record.verify import verify
from eligibility.application.release import ReleaseRequest, release
from eligibility.application.release_state import release_state, releases_of
from eligibility.cli.app import app
from eligibility.cli.audit.verify import verify as audit_verify
from eligibility.cli.rules_release import state_line
from eligibility.model.diagnostic import InputError
from eligibility.model.event import Kind
from eligibility.rulebook import load_policy

ROOT = Path(__file__).parents[2]
NOW = "2022-11-02T09:00:00+08:00"


@pytest.fixture(scope="module")
def released(around_the_line: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the rules of which two persons approved km-reform."""
    rules = tmp_path_factory.mktemp("released") / "rules"
    shutil.copytree(ROOT / "rules", rules)
    state, wanted = release(asked(rules, around_the_line, "张三"), NOW)
    assert (state.state, state.by, wanted) == ("draft", ("张三",), 2)
    with pytest.raises(InputError) as refused:
        release(asked(rules, around_the_line, " 张 三 "), NOW)
    assert refused.value.findings[0].code == "approved_before"
    state, _ = release(asked(rules, around_the_line, "李四"), NOW)
    assert (state.state, state.by, state.since) == ("released", ("张三", "李四"), AS_OF.isoformat())
    return rules / "km-reform"


def asked(rules: Path, run: Path, by: str) -> ReleaseRequest:
    return ReleaseRequest(rules / "km-reform", by, "会议纪要第3号", AS_OF, ROOT / "features", run)


def test_a_run_records_by_whom_its_rulebook_was_released(released: Path, tmp_path: Path) -> None:
    run = finished(households(["4.28"]), tmp_path, released)
    (decided,) = [event for event in record_of(run).log.events() if event.kind == Kind.DECIDED]
    assert decided.body["release"]["state"] == "released"
    assert decided.body["release"]["by"] == ["张三", "李四"]
    events = releases_of(released).log.events()
    assert decided.body["release"]["event"] == events[-1].hash
    checked = verify(run)
    assert checked.release is not None
    assert checked.release["by"] == ["张三", "李四"]


def test_what_was_seen_at_the_approval_is_kept(released: Path) -> None:
    first, second, last = releases_of(released).log.events()
    assert (first.kind, second.kind, last.kind) == ("approved", "approved", "released")
    assert first.body["proof"]["failed"] == first.body["proof"]["undecided"] == 0
    assert first.body["proof"]["proved"] > 100
    assert first.body["specification"]["passed"] == first.body["specification"]["examples"] > 100
    assert first.body["impact"] == {"persons": 3, "changed": 0, "turns": {}}
    kept = releases_of(released).kept.value(last.body["rulebook"]["kept"])
    assert "facts.yaml" in kept  # shared files that it uses are frozen with it


@pytest.mark.parametrize("file", ["km-reform/clauses/alive.yaml", "facts.yaml"])
def test_an_edit_makes_it_a_draft_again(released: Path, file: str, tmp_path: Path) -> None:
    copy = tmp_path / "rules"
    shutil.copytree(released.parent, copy)
    rules = copy / "km-reform"
    assert release_state(rules, load_policy(rules, as_of=AS_OF)).state == "released"
    path = copy / file
    path.write_text(path.read_text(encoding="utf-8") + "\n# 改\n", encoding="utf-8")
    state = release_state(rules, load_policy(rules, as_of=AS_OF))
    assert (state.state, state.by) == ("draft", ())
    assert state_line(state, "km-reform", lang="zh") == (
        "规则 km-reform：草稿，自 2022-10-31 起发布的那一份之后改动过，没有人批准过。"
    )


def test_a_changed_record_of_releases_is_told_and_not_believed(released: Path, tmp_path: Path) -> None:
    copy = tmp_path / "rules"
    shutil.copytree(released.parent, copy)
    log = copy / "km-reform.releases" / "events.jsonl"
    log.write_text(log.read_text(encoding="utf-8").replace("李四", "王五"), encoding="utf-8")
    with pytest.raises(InputError):
        release_state(copy / "km-reform", load_policy(copy / "km-reform", as_of=AS_OF))


def test_what_is_not_proved_is_not_released(around_the_line: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", rules)
    path = rules / "km-reform" / "clauses" / "not_officer.yaml"
    clause = path.read_text(encoding="utf-8")
    path.write_text(
        clause.replace("when: not_officer", "when: not_officer or not_public_staff or alive"), encoding="utf-8"
    )
    with pytest.raises(InputError) as refused:
        release(asked(rules, around_the_line, "张三"), NOW)
    assert refused.value.findings[0].code in ("release_not_proved", "release_spec_fails")
    assert releases_of(rules / "km-reform").log.events() == ()


def test_the_state_of_a_plain_run_is_draft(around_the_line: Path) -> None:
    (decided,) = [e for e in record_of(around_the_line).log.events() if e.kind == Kind.DECIDED]
    assert json.loads(json.dumps(decided.body["release"]))["state"] == "draft"


def test_a_run_refuses_a_rulebook_whose_releases_were_changed(released: Path, tmp_path: Path) -> None:
    copy = tmp_path / "rules"
    shutil.copytree(released.parent, copy)
    log = copy / "km-reform.releases" / "events.jsonl"
    log.write_text(log.read_text(encoding="utf-8").replace("会议纪要", "口头同意"), encoding="utf-8")
    with pytest.raises(InputError):
        finished(households(["4.28"]), tmp_path / "run", copy / "km-reform")
    assert not (tmp_path / "run" / "out").exists()


def test_the_commands_say_who_released_it(
    released: Path, tmp_path: Path, around_the_line: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = finished(households(["4.28"]), tmp_path, released)
    audit_verify(run, None, lang="zh", json=False)
    assert "已发布，张三、李四 批准，自 2022-10-31 起。" in capsys.readouterr().out
    audit_verify(around_the_line, None, lang="en", json=False)
    assert "a draft, approved by nobody." in capsys.readouterr().out
    copy = tmp_path / "rules"
    shutil.copytree(released.parent, copy)
    rules = copy / "km-reform"
    third = ["rules", "release", str(rules), "--by", "王五", "--grounds", "抽查", "--from", "2030-01-01"]
    done = CliRunner().invoke(app, [*third, "--run", str(around_the_line), "--features", str(ROOT / "features")])
    assert done.exit_code == 0, done.output
    assert "规则 km-reform：已发布" in done.output
    state = release_state(rules, load_policy(rules, as_of=AS_OF))
    assert (state.state, state.since) == ("released", AS_OF.isoformat())  # a later approval delays nothing
