"""Whatever officers do in whatever order, and whenever the process is killed: the record is sound and says what they did."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from eligibility.application.record.verify import verify
from eligibility.application.workbench.acts import ConflictError, TypedAnswer
from eligibility.application.workbench.again import DecidingAgain
from eligibility.application.workbench.service import Workbench
from eligibility.model import work_list as form
from eligibility.model.diagnostic import InputError
from eligibility.web.database import Database
from eligibility.web.tasks import Tasks
from support.paper_folder import resident_id
from web.conftest import actor, question

OFFICERS = ("王社", "刘街")
BODIES = {"王社": "community", "刘街": "street"}
KEYS = {"认定为成员": "member", "认定不是成员": "none"}
KILLS = 4


def machine(decided: Path, room: Path) -> type[RuleBasedStateMachine]:  # noqa: C901
    class Review(RuleBasedStateMachine):
        """Against it stands a model in five lines: the last word of each officer."""

        @initialize()
        def open(self) -> None:
            self.place = Path(shutil.copytree(decided, room / f"w{time.monotonic_ns()}"))
            self.workbench = Workbench(self.place / "out")
            self.tasks = Tasks(Database(f"sqlite:///{self.place / 'web.sqlite'}"), self.workbench)
            self.identity = question(self.workbench, resident_id(7))
            self.words: dict[str, tuple[str, int]] = {}
            self.acts: dict[str, int] = {}
            self.version, self.waits = 0, False

        def teardown(self) -> None:
            if hasattr(self, "place"):
                verify(self.place / "out")
                self.tasks.database.close()
                shutil.rmtree(self.place)

        @rule(
            name=st.sampled_from(OFFICERS),
            word=st.sampled_from(list(KEYS)),
            stale=st.booleans(),
            act=st.sampled_from("abcdef"),
        )
        def answer(self, name: str, word: str, stale: bool, act: str) -> None:  # noqa: FBT001
            typed = TypedAnswer({form.ANSWER: word}, BODIES[name], {})
            version = self.version - stale
            act = name + act
            try:
                (event,) = self.workbench.answer(actor(self.workbench, name), act, self.identity, typed, version)
            except ConflictError:
                assert stale
                assert act not in self.acts
                return
            if act in self.acts:
                assert event.seq == self.acts[act], "a repeated request acts once"
                return
            assert not stale
            self.acts[act] = self.version = event.seq
            self.words[name], self.waits = (KEYS[word], event.seq), False

        @rule(name=st.sampled_from(OFFICERS), whose=st.sampled_from(OFFICERS), act=st.sampled_from("uvw"))
        def withdraw(self, name: str, whose: str, act: str) -> None:
            act, seq = name + act, self.words.get(whose, ("", 1))[1]
            try:
                (event,) = self.workbench.withdraw(actor(self.workbench, name), act, seq)
            except InputError:
                assert act not in self.acts
                assert name != whose or whose not in self.words
                return
            if act not in self.acts:
                assert name == whose
                del self.words[whose]
                self.acts[act] = self.version = event.seq
                self.waits = False

        @rule(name=st.sampled_from(OFFICERS), waits=st.booleans())
        def comment(self, name: str, waits: bool) -> None:  # noqa: FBT001
            self.workbench.comment(
                actor(self.workbench, name), f"c{time.monotonic_ns()}", self.identity, "说明", waits=waits
            )
            self.waits = waits

        @rule()
        def another_process_reads_the_same(self) -> None:
            other = Workbench(self.place / "out")
            assert other.ledger.state(self.identity) == self.workbench.ledger.state(self.identity)

        @invariant()
        def stands_what_was_said_last(self) -> None:
            if not hasattr(self, "place"):
                return
            stands = {
                answer["by"]: answer["answer"]
                for one in self.workbench.ledger.standing(self.identity)
                for answer in one.answers
            }
            assert stands == {name: word for name, (word, _) in self.words.items()}
            meant = set(stands.values())
            expected = "disagree" if len(meant) > 1 else "answered" if meant else "waiting" if self.waits else "open"
            assert self.workbench.ledger.state(self.identity) == expected
            self.tasks.follow()
            assert self.tasks.check() == []

    return Review


def test_acts_in_any_order(decided_village: Path, tmp_path: Path) -> None:
    quick = settings(max_examples=5, stateful_step_count=16, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(machine(decided_village, tmp_path), settings=quick)


ANSWERING = """
import sys
from pathlib import Path
from datetime import datetime
from eligibility.application.workbench.actor import Actor, grant_of
from eligibility.application.workbench.acts import TypedAnswer
from eligibility.application.workbench.service import Workbench
from eligibility.web.database import Database
from eligibility.web.tasks import Tasks
run, identity = Path(sys.argv[1]), sys.argv[2]
workbench = Workbench(run)
tasks = Tasks(Database(f"sqlite:///{run.parent / 'web.sqlite'}"), workbench)
grants = (grant_of("community_clerk", workbench.policy),)
print("ready", flush=True)
for number in range(100_000):
    actor = Actor("王社", grants, datetime.now().astimezone())
    word = ("认定为成员", "认定不是成员")[number % 2]
    typed = TypedAnswer({"核查结论": word, "备注": str(number)}, "community", {})
    (event,) = workbench.answer(actor, f"a{sys.argv[3]}.{number}", identity, typed, workbench.ledger.version(identity))
    print(event.seq, flush=True)
    tasks.follow()
"""


def test_killed_at_any_moment_no_acknowledged_act_is_lost(place: Path, workbench: Workbench) -> None:
    identity = question(workbench, resident_id(7))
    chance, acknowledged = random.Random(18), 0
    for kill in range(KILLS):
        words = [sys.executable, "-c", ANSWERING, str(place / "out"), identity, str(kill)]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0.01, 0.4))
            child.send_signal(signal.SIGKILL)
            lines = [line for line in child.stdout.read().split("\n")[:-1] if line]
        acknowledged = max([acknowledged, *map(int, lines)])
        after = Workbench(place / "out")
        assert after.ledger.seq >= acknowledged
        assert verify(place / "out").events >= acknowledged
        tasks = Tasks(Database(f"sqlite:///{place / 'web.sqlite'}"), after)
        tasks.follow()
        assert tasks.check() == []
        tasks.database.close()
    assert acknowledged > KILLS, "something was done between the kills"


def finished(again: DecidingAgain) -> None:
    until = time.monotonic() + 120
    while again.running and time.monotonic() < until:
        time.sleep(0.1)
    assert not again.running


def test_deciding_again_shows_first_and_publishes_what_was_shown(place: Path, workbench: Workbench) -> None:
    someone, identity = actor(workbench, "周人社"), question(workbench, resident_id(3))
    typed = TypedAnswer({form.ANSWER: "是"}, "human_resources", {})
    workbench.answer(someone, "a1", identity, typed, 0)
    again = DecidingAgain(place / "out")
    before = (place / "out" / "decisions.csv").read_bytes()
    assert not again.begin("周人社", publish=True), "nothing was looked at"
    assert again.begin("周人社", publish=False)
    assert not again.begin("周人社", publish=False), "one at a time"
    finished(again)
    assert (again.state, again.errors) == ("ready", [])
    difference = again.found()
    assert (difference["answers"], difference["counts"]) == (1, {"manual_review|not_eligible": 1})
    assert resident_id(3) not in str(difference)
    assert (place / "out" / "decisions.csv").read_bytes() == before, "a look changes nothing"
    assert verify(place / "out").events == 2

    late = question(workbench, resident_id(1))
    workbench.answer(someone, "a2", late, TypedAnswer({form.ANSWER: "否"}, "human_resources", {}), 0)
    assert again.begin("周人社", publish=True)
    finished(again)
    assert (again.state, again.errors) == ("done", [])
    workbench.refresh()
    assert workbench.batch.body["by"] == "周人社"
    assert identity not in workbench.questions
    assert workbench.ledger.state(late) == "answered", "what came after the look waits for the next batch"
    assert (place / "out-batch-1" / "decisions.csv").read_bytes() == before
    assert verify(place / "out").events == 5
    with pytest.raises(InputError, match="answer_used"):
        workbench.withdraw(someone, "w1", 2)
    workbench.withdraw(someone, "w2", 3)


def test_an_answer_taken_back_after_the_look_is_not_published(place: Path, workbench: Workbench) -> None:
    someone, identity = actor(workbench, "周人社"), question(workbench, resident_id(3))
    workbench.answer(someone, "a1", identity, TypedAnswer({form.ANSWER: "是"}, "human_resources", {}), 0)
    again = DecidingAgain(place / "out")
    again.begin("周人社", publish=False)
    finished(again)
    workbench.withdraw(someone, "w1", 2)
    again.begin("周人社", publish=True)
    finished(again)
    assert again.state == "failed"
    assert "answer_not_recorded" in again.errors[0]["zh"]
    assert len(Workbench(place / "out").ledger.touched()) == 1
    assert workbench.batch.seq == 1


def test_signing_says_exactly_what_was_shown(place: Path, workbench: Workbench) -> None:
    someone = actor(workbench, "王社")
    shown = workbench.preview_signature(someone, "community", "乌龙社区")
    assert len(shown.cases) == shown.chosen == 12
    with pytest.raises(InputError, match="preview_changed"):
        workbench.sign(someone, "s1", "community", "乌龙社区", "0" * 64)
    with pytest.raises(InputError, match="role_not_allowed"):
        workbench.preview_signature(someone, "street", "乌龙社区")
    with pytest.raises(InputError, match="role_not_allowed"):
        workbench.preview_signature(actor(workbench, "远方"), "community", "乌龙社区")
    (event,) = workbench.sign(someone, "s2", "community", "乌龙社区", shown.token)
    assert workbench.sign(someone, "s2", "community", "乌龙社区", shown.token) == [event]
    assert (event.body["by"], event.body["role"], len(event.body["cases"])) == ("王社", "community_clerk", 12)
    with pytest.raises(InputError, match="signed_already"):
        workbench.preview_signature(someone, "community", "乌龙社区")


def test_a_run_that_is_being_replaced_is_served_from_what_is_known(place: Path, workbench: Workbench) -> None:
    someone, identity = actor(workbench, "王社"), question(workbench, resident_id(7))
    (place / "out" / "manifest.json").rename(place / "aside.json")
    workbench.refresh()
    assert workbench.question_page(someone, identity).persons
    (place / "aside.json").rename(place / "out" / "manifest.json")
    workbench.refresh()
    assert workbench.question_page(someone, identity).persons


def test_a_record_that_was_tampered_with_takes_nothing_more(place: Path, workbench: Workbench) -> None:
    someone, identity = actor(workbench, "王社"), question(workbench, resident_id(7))
    workbench.comment(someone, "c1", identity, "等函复", waits=True)
    log = place / "out.record" / "events.jsonl"
    log.write_bytes(log.read_bytes().replace("等函复".encode(), "不用等".encode()))
    with pytest.raises(InputError, match="event_changed"):
        workbench.refresh()
    with pytest.raises(InputError, match="event_changed"):
        workbench.comment(someone, "c2", identity, "再说", waits=False)
