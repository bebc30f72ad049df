"""Who may do what on every route; and what is forged, injected, too long or out of place is refused or shown as text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from eligibility.application.workbench.service import Workbench
from eligibility.web.accounts import BLOCKED_FOR, IDLE, MOST_FAILED
from eligibility.web.app import ROUTES, Office
from eligibility.web.requests import LARGEST_BODY
from review.conftest import eligibility
from support.paper_folder import RULES, Papers, resident_id
from web.conftest import NOW, PASSWORD, Browser, office_of, question

EVERYBODY = frozenset(("王社", "刘街", "周人社", "陈自然", "赵公安", "远方"))
OF_THE_PLACE = EVERYBODY - {"远方"}
OF_THE_BODY = frozenset(("王社", "刘街"))
SIGNERS = EVERYBODY - {"赵公安"}
HEAD = frozenset(("周人社",))
ALLOWED = {
    "GET /sign-in": EVERYBODY | {""}, "POST /sign-in": EVERYBODY | {""}, "POST /language": EVERYBODY | {""},
    "POST /sign-out": EVERYBODY, "GET /account": EVERYBODY, "POST /account/password": EVERYBODY, "POST /account/sessions": EVERYBODY,
    "GET /queue": EVERYBODY, "POST /queue/next": EVERYBODY, "POST /search": EVERYBODY, "POST /views": EVERYBODY, "POST /views/drop": EVERYBODY,
    "GET /question/{question}": OF_THE_PLACE, "GET /question/{question}/effects": OF_THE_BODY, "POST /question/{question}/take": OF_THE_BODY,
    "POST /question/{question}/release": EVERYBODY, "POST /question/{question}/draft": OF_THE_BODY,
    "POST /question/{question}/preview": OF_THE_BODY, "POST /question/{question}/answer": OF_THE_BODY,
    "POST /question/{question}/comment": OF_THE_PLACE, "POST /withdraw/{event:int}": EVERYBODY,
    "GET /case/{batch:int}/{row:int}": OF_THE_PLACE, "GET /sign": SIGNERS, "POST /sign": frozenset(("王社", "远方")),
    "GET /overview": HEAD, "GET /overview.xlsx": HEAD, "GET /batch": HEAD, "POST /batch/look": HEAD, "POST /batch/publish": HEAD,
    "POST /batch/discard": HEAD,
}  # fmt: skip
"""For a question of the village that community and street may answer: who may, by route. "" is nobody signed in."""


def test_every_route_has_its_line() -> None:
    assert sorted(ALLOWED) == sorted(f"{method} {path}" for method, path, _, _ in ROUTES)


@pytest.mark.parametrize("name", ["", *sorted(EVERYBODY)])
def test_least_privilege_on_every_route(browser, workbench: Workbench, office: Office, name: str, monkeypatch) -> None:
    monkeypatch.setattr(office.again, "begin", lambda by, publish: False)
    identity, batch = question(workbench, resident_id(7)), workbench.batch.seq
    served = {}
    someone = browser(name)
    for method, path, _, _ in sorted(ROUTES, key=lambda route: route[1] == "/sign-out"):
        where = (
            path.replace("{question}", identity)
            .replace("{event:int}", "1")
            .replace("{batch:int}", str(batch))
            .replace("{row:int}", "0")
        )
        fields = {"act": f"{name}{path}", "answer": "认定为成员", "body": "street" if name == "刘街" else "community", "version": "0",
                  "text": "x", "stage": "community", "old": "x", "new": "x"}  # fmt: skip
        answer = someone.get(where) if method == "GET" else someone.post(where, **fields)
        away = (
            answer.status_code == 303
            and answer.headers["location"].startswith("/sign-in")
            and not (name and path == "/sign-out")
        )
        served[f"{method} {path}"] = not away and answer.status_code != 403
    assert {route for route, yes in served.items() if yes} == {route for route, who in ALLOWED.items() if name in who}


def test_a_body_that_may_not_answer_is_refused_as_on_the_command_line(browser, workbench: Workbench) -> None:
    identity = question(workbench, resident_id(1))
    someone = browser("王社")
    someone.get("/queue")
    refused = someone.post(f"/question/{identity}/answer", act="a", version="0", answer="否", body="human_resources")
    assert refused.status_code == 403
    assert workbench.ledger.seq == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"}, {"origin": "http://127.0.0.1:9999"}, {"origin": "null"}, {"origin": "https://127.0.0.1:8750"},
        {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"sec-fetch-site": "none"},
    ],
)  # fmt: skip
def test_a_form_from_elsewhere_is_refused(browser, workbench: Workbench, headers) -> None:
    identity = question(workbench, resident_id(7))
    someone = browser("王社")
    fields = {
        "csrf": someone.csrf,
        **someone.fields(f"/question/{identity}"),
        "answer": "认定为成员",
        "body": "community",
    }
    assert someone.client.post(f"/question/{identity}/answer", data=fields, headers=headers).status_code == 403
    assert workbench.ledger.seq == 1


def test_a_form_without_the_token_of_the_session_is_refused(browser, workbench: Workbench) -> None:
    identity = question(workbench, resident_id(7))
    someone, other = browser("王社"), browser("刘街")
    for token in ("", other.csrf, "x" * 32):
        someone.csrf = token
        refused = someone.post(
            f"/question/{identity}/answer", act="a", version="0", answer="认定为成员", body="community"
        )
        assert refused.status_code == 403
    assert workbench.ledger.seq == 1


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil"])
def test_another_host_is_not_served(browser, host: str) -> None:
    assert browser().client.get("/sign-in", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "onward",
    ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil", "javascript:alert(1)", "/%0d%0aX:1\r\n"],
)
def test_signing_in_leads_to_no_other_server(browser, onward: str) -> None:
    someone = browser()
    assert someone.sign_in("王社", onward=onward).headers["location"] == "/queue"
    someone.get("/account")
    assert someone.post("/language", lang="en", back=onward).headers["location"] == "/queue"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static//etc/passwd",
        "/question/../../x",
        "/case/1/99999",
        "/case/0/0",
        "/nothing",
    ],
)
def test_paths_lead_to_no_file(browser, path: str) -> None:
    answer = browser("刘街").get(path)
    assert answer.status_code in (403, 404)
    assert "import" not in answer.text


def test_a_text_of_a_megabyte_is_refused(browser, workbench: Workbench) -> None:
    identity = question(workbench, resident_id(7))
    someone = browser("王社")
    fields = {**someone.fields(f"/question/{identity}"), "answer": "认定为成员", "body": "community"}
    assert someone.post(f"/question/{identity}/answer", **fields, note="字" * 1_000_000).status_code == 413
    assert someone.post(f"/question/{identity}/answer", **fields, note="x" * 2_001).status_code == 422
    assert someone.post(f"/question/{identity}/draft", **fields, note="x" * (LARGEST_BODY - 500)).status_code in (
        413,
        422,
    )
    assert (
        someone.client.post("/search", content=b"{}", headers={"content-type": "application/json"}).status_code == 415
    )
    assert someone.post("/search", **{f"f{number}": "" for number in range(5_000)}).status_code == 400
    assert workbench.ledger.seq == 1


def test_safe_headers_and_no_inline_code_on_any_page(browser, workbench: Workbench) -> None:
    someone = browser("周人社")
    identity = question(workbench, resident_id(1))
    pages = [
        "/queue",
        "/sign",
        "/sign?stage=joint",
        "/overview",
        "/batch",
        "/account",
        "/nothing",
        f"/question/{identity}",
        f"/case/{workbench.batch.seq}/0",
    ]
    for page in [*pages, "/sign-in"]:
        answer = someone.get(page)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "no-store"
        assert not re.search(r"\sstyle=|\son\w+=|<script(?![^>]*src=\"/static/)|<style|javascript:", answer.text), page
        addresses = re.findall(r'(?:src|href|action|formaction)="([^"]*)"', answer.text)
        assert addresses
        assert all(address.startswith(("/", "#")) and not address.startswith("//") for address in addresses), page


def test_cookies_are_out_of_reach(browser, office: Office) -> None:
    header = browser().sign_in("王社").headers["set-cookie"].lower()
    assert all(word in header for word in ("httponly", "samesite=strict", "path=/"))
    office.https = True
    assert "__host-session" in (header := browser().sign_in("王社").headers["set-cookie"].lower())
    assert "secure" in header


def test_failed_sign_ins_block_an_account_for_a_while(office: Office) -> None:
    tries = [office.accounts.sign_in("王社", "wrong", "10.0.0.1", NOW + second) for second in range(MOST_FAILED)]
    assert tries == [None] * MOST_FAILED
    assert office.accounts.sign_in("王社", PASSWORD, "10.0.0.1", NOW + 60) is None
    assert office.accounts.sign_in("刘街", PASSWORD, "10.0.0.1", NOW + 60) is not None
    assert office.accounts.sign_in("王社", PASSWORD, "10.0.0.1", NOW + MOST_FAILED + BLOCKED_FOR) is not None


def test_a_session_ends_by_itself_by_its_owner_and_by_the_administrator(office: Office) -> None:
    accounts = office.accounts
    first, second = (accounts.sign_in("王社", PASSWORD, "10.0.0.1", NOW) for _ in range(2))
    assert accounts.signed_in(first, NOW + IDLE + 1) is None
    who = accounts.signed_in(first, NOW + IDLE - 1)
    accounts.end_others(who)
    assert accounts.signed_in(second, NOW + 10) is None
    accounts.lock("王社", locked=True)
    assert accounts.signed_in(first, NOW + 10) is None
    assert accounts.sign_in("王社", PASSWORD, "10.0.0.1", NOW) is None


def test_the_database_holds_no_password_and_no_token(office: Office, browser, place: Path) -> None:
    someone = browser("王社")
    stored = b"".join(path.read_bytes() for path in place.glob("web.sqlite*"))
    assert PASSWORD.encode() not in stored
    assert someone.client.cookies["session"].encode() not in stored


def test_only_the_owner_reads_the_database(office: Office, browser, place: Path) -> None:
    browser("王社")
    files = list(place.glob("web.sqlite*"))
    assert len(files) >= 2
    assert [path.stat().st_mode & 0o077 for path in files] == [0] * len(files)


@pytest.mark.parametrize(
    "password", ["short-A1", "alllowercaseletters", "王社-Lake-River-8", "12345678901234", "x" * 300]
)
def test_weak_passwords_are_refused(browser, password: str) -> None:
    someone = browser("王社")
    assert someone.post("/account/password", old=PASSWORD, new=password).status_code == 422
    assert someone.post("/account/password", old="wrong", new="Other-River-9").status_code == 422
    assert browser("王社").get("/queue").status_code == 200


def test_a_password_that_was_set_is_changed_first(browser, office: Office) -> None:
    office.accounts.set_password("王社", "Given-River-7", NOW)
    someone = browser()
    someone.sign_in("王社", "Given-River-7")
    assert someone.get("/queue").headers["location"] == "/account"
    someone.get("/account")
    assert someone.post("/account/password", old="Given-River-7", new="Chosen-River-7").status_code == 303
    assert someone.get("/queue").status_code == 200


MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{7*7}}"


def test_markup_in_every_text_of_the_papers_is_shown_as_text(tmp_path: Path) -> None:
    papers = Papers().group(area="1000.00")
    papers.person(1, name=f"人{MARKUP}", public_staff="?", household_id=f"H{MARKUP[:20]}", hukou_place=MARKUP)
    papers.approval("云国土资复〔2013〕1号", "4.00", project=MARKUP)
    papers.agreement(f"协{MARKUP[:30]}", "4.00", cited_approval_no="", project=MARKUP)
    papers.line(f"H{MARKUP[:20]}", "4.00", f"协{MARKUP[:30]}")
    done = eligibility(
        "run", papers.write(tmp_path / "in"), "--rules", RULES, "--as-of", "2022-10-31", "--out", tmp_path / "out"
    )
    assert done.exit_code == 0, done.output
    workbench = Workbench(tmp_path / "out")
    made = office_of(workbench, f"sqlite:///{tmp_path / 'web.sqlite'}")
    from eligibility.application.workbench.actor import grant_of

    made.accounts.add(
        "全能",
        PASSWORD,
        [grant_of(f"body:{body}", workbench.policy) for body in workbench.policy.bodies],
        NOW,
        must_change=False,
    )
    someone = Browser(made, "全能")
    assert workbench.questions
    for page in [
        "/queue?tab=all",
        *(f"/question/{one}" for one in workbench.questions),
        f"/case/{workbench.batch.seq}/0",
    ]:
        text = someone.get(page).text
        assert "<img" not in text.replace('<img src="/static/icon.svg"', "")
        assert "<script>" not in text
        assert "&lt;script&gt;" in text or "alert" not in text
    made.close()
