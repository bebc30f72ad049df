"""Answers in a browser: recorded once, never over another's, taken back, kept as drafts, the same as from a workbook."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eligibility.application.workbench.service import Workbench
from eligibility.model import work_list as form
from review.conftest import WorkList, eligibility
from support.paper_folder import RULES, resident_id
from web.conftest import actor, question


def events(place: Path) -> list[dict]:
    return [
        json.loads(line) for line in (place / "out.record" / "events.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def answered(place: Path) -> list[dict]:
    return [event["body"] for event in events(place) if event["kind"] == "answered"]


def test_an_answer_is_in_the_record_with_officer_body_and_time(browser, workbench: Workbench, place: Path) -> None:
    identity = question(workbench, resident_id(1))
    done = browser("周人社").answer(identity, "否", "human_resources", note="查过名单")
    assert (done.status_code, done.headers["location"]) == (303, "/queue?done=answered")
    (body,) = answered(place)
    assert (body["by"], body["body"], body["answer"], body["note"], body["channel"]) == (
        "周人社", "human_resources", "no", "查过名单", "web",
    )  # fmt: skip
    assert body["place"]["row"] == events(place)[-1]["seq"]
    assert eligibility("audit", "verify", "--run", place / "out").exit_code == 0


def test_the_same_request_twice_acts_once(browser, workbench: Workbench, place: Path) -> None:
    someone, identity = browser("周人社"), question(workbench, resident_id(1))
    fields = {**someone.fields(f"/question/{identity}"), "answer": "否", "body": "human_resources"}
    for _ in range(3):
        assert someone.post(f"/question/{identity}/answer", **fields).status_code == 303
    assert len(answered(place)) == 1
    other = browser("刘街")
    assert other.post(f"/question/{identity}/answer", **fields).status_code == 403
    assert len(answered(place)) == 1


def test_who_comes_second_sees_both_texts_and_nothing_is_lost(browser, workbench: Workbench, place: Path) -> None:
    identity = question(workbench, resident_id(7))
    first, second = browser("王社"), browser("刘街")
    path = f"/question/{identity}"
    fields = second.fields(path)
    assert first.answer(identity, "认定为成员", "community").status_code == 303
    refused = second.post(f"{path}/answer", **fields, answer="认定不是成员", body="street", note="街道的理由")
    assert refused.status_code == 409
    for words in ("认定为成员", "王社", "街道的理由", "认定不是成员"):
        assert words in refused.text
    assert len(answered(place)) == 1
    assert second.answer(identity, "认定不是成员", "street").status_code == 303, "who looked again may disagree"
    assert len(answered(place)) == 2
    assert workbench.ledger.state(identity) == "disagree"


def test_a_task_that_another_has_is_not_answered_and_the_text_is_kept(
    browser, workbench: Workbench, place: Path
) -> None:
    identity = question(workbench, resident_id(7))
    first, second = browser("王社"), browser("刘街")
    fields = second.fields(f"/question/{identity}")
    assert first.post(f"/question/{identity}/take").status_code == 303
    assert "王社" in second.get(f"/question/{identity}").text, "seen before anything is typed"
    refused = second.post(f"/question/{identity}/answer", **fields, answer="认定不是成员", body="street", note="我的话")
    assert (refused.status_code, "王社 正在处理" in refused.text, answered(place)) == (409, True, [])
    assert "我的话" in second.get(f"/question/{identity}").text


def test_an_answer_is_taken_back_by_its_author_until_a_batch_uses_it(
    browser, workbench: Workbench, place: Path
) -> None:
    identity = question(workbench, resident_id(1))
    mine, other = browser("周人社"), browser("刘街")
    mine.answer(identity, "否", "human_resources")
    seq = events(place)[-1]["seq"]
    assert other.post(f"/withdraw/{seq}", act="x1").status_code == 422
    assert mine.post(f"/withdraw/{seq}", act="x2").status_code == 303
    assert mine.post(f"/withdraw/{seq}", act="x2").status_code == 303
    assert mine.post(f"/withdraw/{seq}", act="x3").status_code == 422
    assert [event["kind"] for event in events(place)] == ["decided", "answered", "withdrawn"]
    assert workbench.ledger.state(identity) == "open"
    mine.answer(identity, "否", "human_resources")
    words = ["--rules", RULES, "--as-of", "2022-10-31", "--out", place / "out", "--answers", place / "out"]
    assert eligibility("run", place / "in", *words).exit_code == 0
    assert mine.post("/withdraw/4", act="x4").status_code == 422


def test_an_answer_that_was_taken_back_can_be_imported_again(workbench: Workbench, place: Path) -> None:
    work_list = WorkList(place)
    work_list.answer(resident_id(1), "否", "人力资源社会保障部门", by="周人社")
    path = work_list.save()
    assert "新记入 1 个" in eligibility("review", "import", path, "--run", place / "out").output
    workbench.refresh()
    someone = actor(workbench, "周人社")
    workbench.withdraw(someone, "w1", 2)
    assert "新记入 1 个" in eligibility("review", "import", path, "--run", place / "out").output
    workbench.refresh()
    assert workbench.ledger.state(question(workbench, resident_id(1))) == "answered"


@pytest.mark.parametrize(
    ("subject", "fields", "code"),
    [
        (resident_id(1), {"answer": "也许", "body": "human_resources"}, "不是可选的答复"),
        (resident_id(1), {"answer": "", "body": "human_resources"}, "没有填核查结论"),
        ("H9", {"answer": "有权证", "body": "agriculture", "area": "四", "since": "2005-06-01"}, "面积无法识别"),
        ("H9", {"answer": "有权证", "body": "agriculture", "area": "4", "since": "2005-06"}, "日期无法识别"),
        ("H9", {"answer": "有权证", "body": "agriculture", "since": "2005-06-01"}, "这个答复须填"),
        ("H9", {"answer": "有权证", "body": "agriculture", "area": "99999999", "since": "2005-06-01"}, "面积大于"),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_at_its_field_and_nothing_is_recorded(  # noqa: PLR0917
    browser, workbench, place, subject, fields, code
) -> None:
    someone = browser("赵公安" if subject == "H9" else "周人社")
    path = f"/question/{question(workbench, subject)}"
    refused = someone.post(f"{path}/answer", **someone.fields(path), **fields)
    assert (refused.status_code, code in refused.text, answered(place)) == (422, True, [])
    for text in (fields.get("area"), fields.get("since")):
        assert not text or f'value="{text}"' in refused.text, "what was typed stays"


def test_full_width_digits_are_read_as_everywhere(browser, workbench: Workbench, place: Path) -> None:
    someone = browser("赵公安")
    done = someone.answer(question(workbench, "H9"), "有权证", "agriculture", area="４．００", since="2005年6月1日")
    assert done.status_code == 303
    assert [(body["area_umu"], body["since"]) for body in answered(place)] == [(4_000_000, "2005-06-01")]


def test_a_draft_outlives_session_and_lease(browser, workbench: Workbench, office) -> None:
    identity = question(workbench, resident_id(1))
    someone = browser("周人社")
    fields = someone.fields(f"/question/{identity}")
    someone.post(f"/question/{identity}/draft", **fields, answer="否", note="写到一半", body="human_resources")
    office.accounts.lock("周人社", locked=True)
    assert someone.get("/queue").headers["location"].startswith("/sign-in")
    office.accounts.lock("周人社", locked=False)
    page = browser("周人社").get(f"/question/{identity}").text
    assert "写到一半" in page
    assert 'value="否" data-key="no" checked' in page


def test_ten_answers_by_web_and_by_workbook_give_the_same_decisions(browser, workbench: Workbench, place: Path) -> None:
    given = [
        *((resident_id(number), text, "周人社", "human_resources", {}) for number, text in ((1, "否"), (2, "否"), (3, "是"))),
        *((resident_id(number), "否", "赵公安", "veterans", {}) for number in (4, 5)),
        (resident_id(6), "昆明市呈贡区", "赵公安", "public_security", {}),
        (resident_id(7), "认定为成员", "王社", "community", {}),
        ("协8", "云国土资复〔2013〕8号", "陈自然", "natural_resources", {}),
        *((household, "有权证", "赵公安", "agriculture", {"area": "4", "since": "2005-06-01"}) for household in ("H9", "H10")),
    ]  # fmt: skip
    people = {name: browser(name) for name in ("周人社", "赵公安", "王社", "陈自然")}
    work_list = WorkList(place)
    titles = workbench.policy.bodies
    for subject, text, name, body, more in given:
        assert people[name].answer(question(workbench, subject), text, body, **more).status_code == 303
        cells = {form.AREA: more.get("area"), form.SINCE: more.get("since")}
        words = f"「{subject}」" if subject.startswith("H") else subject
        work_list.answer(words, text, titles[body], by=name, **{key: cell for key, cell in cells.items() if cell})
    words = ["--rules", RULES, "--as-of", "2022-10-31"]
    assert eligibility("run", place / "in", *words, "--out", place / "web", "--answers", place / "out").exit_code == 0
    by_web = [event for event in events(place) if event["kind"] == "answered"]
    fresh = place / "fresh"
    assert eligibility("run", place / "in", *words, "--out", fresh).exit_code == 0
    assert eligibility("review", "import", work_list.save(), "--run", fresh).exit_code == 0
    lines = (place / "fresh.record" / "events.jsonl").read_text(encoding="utf-8").splitlines()
    by_book = [event for event in map(json.loads, lines) if event["kind"] == "answered"]
    aside = {"act", "channel", "place", "on", "batch"}
    meant = [{key: one["body"][key] for key in one["body"].keys() - aside} for one in by_web]
    assert sorted(map(str, map(sorted, map(dict.items, meant)))) == sorted(
        str(sorted((key, one["body"][key]) for key in one["body"].keys() - aside)) for one in by_book
    )
    assert eligibility("run", place / "in", *words, "--out", place / "book", "--answers", fresh).exit_code == 0
    decisions = [(place / run / "decisions.csv").read_bytes() for run in ("out", "web", "book")]
    assert decisions[1] == decisions[2] != decisions[0]


def test_what_an_answer_would_settle_is_what_it_settles(browser, workbench: Workbench, office, place: Path) -> None:
    identity = question(workbench, resident_id(3))
    someone = browser("周人社")
    texts = someone.get(f"/question/{identity}/effects").json()
    assert texts == {"yes": "可办结 1 人：不符合 1", "no": "可办结 1 人：符合 1"}
    typed = {**someone.fields(f"/question/{identity}"), "answer": "是", "body": "human_resources"}
    assert "可办结 1 人：不符合 1" in someone.post(f"/question/{identity}/preview", **typed).text
    assert answered(place) == []


def test_a_remark_and_waiting_for_papers(browser, workbench: Workbench, place: Path) -> None:
    identity = question(workbench, resident_id(7))
    someone = browser("王社")
    someone.get(f"/question/{identity}")
    assert someone.post(f"/question/{identity}/comment", act="c1", text="已去函派出所", waits="yes").status_code == 303
    assert workbench.ledger.state(identity) == "waiting"
    assert identity in someone.get("/queue?tab=waiting").text
    assert identity not in someone.get("/queue?tab=todo").text
    assert "已去函派出所" in browser("刘街").get(f"/question/{identity}").text
    assert someone.post(f"/question/{identity}/comment", act="c2", text=" ", waits="no").status_code == 422
    someone.answer(identity, "认定为成员", "community")
    assert workbench.ledger.state(identity) == "answered"
