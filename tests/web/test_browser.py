"""In a real browser: two officers at once, by keyboard, in both languages and widths, with an input method, and axe on every page."""

from __future__ import annotations

import io
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import openpyxl
import pytest

from eligibility.application.record.verify import verify
from eligibility.application.workbench.service import Workbench
from eligibility.web.app import Office, application
from support.paper_folder import resident_id
from web.conftest import PASSWORD, question

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
LACKING = [name for name in ("playwright", "axe_playwright_python") if find_spec(name) is None]
pytestmark = pytest.mark.skipif(
    CHROMIUM is None or bool(LACKING),
    reason=f"not tried in a browser: {'no Chromium' if CHROMIUM is None else ', '.join(LACKING) + ' not installed (make browser-test)'}",
)
SERIOUS = ("serious", "critical")


@pytest.fixture
def address(office: Office) -> Iterator[str]:
    import uvicorn

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(application(office), host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Officer:
    """An officer at a browser of his own; whatever the page complains of or asks of another host is noted."""

    def __init__(self, chromium, address: str, name: str, **options) -> None:
        self.context = chromium.new_context(viewport={"width": 1440, "height": 900}, **options)
        self.address, self.complaints = address, []
        self.page = self.context.new_page()
        self.page.on(
            "console",
            lambda message: self.complaints.append(message.text) if message.type in ("error", "warning") else None,
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "request",
            lambda request: self.complaints.append(request.url) if not request.url.startswith(address) else None,
        )
        self.page.goto(f"{address}/sign-in")
        self.page.locator("#name:focus").wait_for()
        self.page.keyboard.type(name)
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/queue")

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def go_to_download(self, path: str) -> None:
        self.page.evaluate("path => { location.href = path }", path)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self) -> str:
        return self.page.evaluate(
            "document.activeElement.innerText || document.activeElement.name || document.activeElement.tagName"
        )


def test_two_officers_take_answer_conflict_and_take_back_by_keyboard(
    chromium, address: str, workbench: Workbench
) -> None:
    identity = question(workbench, resident_id(7))
    first, second = Officer(chromium, address, "王社"), Officer(chromium, address, "刘街")
    first.press("n", "Enter")
    first.page.wait_for_url("**/question/*")
    taken = first.page.url.rpartition("/")[2]
    second.go("/queue?tab=all")
    assert "王社" in second.page.locator(f'a[href="/question/{taken}"]').inner_text(), (
        "seen by the other before he begins"
    )
    first.go(f"/question/{identity}")
    second.go(f"/question/{identity}")

    second.press("a", "ArrowDown")
    assert second.page.locator("input[name=answer]:checked").get_attribute("value") == "认定不是成员"
    second.page.locator("#f-note").focus()
    second.page.keyboard.type("街道的理由 j k n")
    assert second.page.locator("#f-note").input_value() == "街道的理由 j k n", "keys are letters in a field"
    second.page.get_by_text("草稿已存").wait_for()

    first.press("a", "Space")
    first.page.get_by_role("button", name="答复", exact=True).focus()
    first.press("Enter")
    first.page.wait_for_url("**/queue?done=answered")
    second.page.get_by_role("button", name="答复", exact=True).focus()
    second.press("Enter")
    alert = second.page.get_by_role("alert")
    alert.wait_for()
    assert "认定为成员" in alert.inner_text()
    assert "街道的理由" in alert.inner_text()
    second.complaints = [text for text in second.complaints if "409" not in text]

    first.go("/account")
    first.page.get_by_role("button", name="撤回").focus()
    first.press("Enter")
    first.page.get_by_text("已撤回").wait_for()
    assert workbench.ledger.state(identity) == "open"
    assert [event.kind for event in workbench.ledger.history(identity)] == ["answered", "withdrawn"]
    assert (first.complaints, second.complaints) == ([], [])


def test_signed_then_decided_again_and_published(chromium, address: str, workbench: Workbench, place: Path) -> None:
    clerk, head = Officer(chromium, address, "王社"), Officer(chromium, address, "周人社")
    clerk.go("/sign")
    clerk.page.get_by_role("button", name="预览").click()
    clerk.page.get_by_role("button", name="王社 签以上 12 件").click()
    clerk.page.get_by_text("已签字").wait_for()
    head.go(f"/question/{question(workbench, resident_id(3))}")
    head.page.locator("input[value=是]").check()
    head.page.get_by_role("button", name="答复", exact=True).click()
    head.page.get_by_text("已记入答复").wait_for()
    head.go("/batch")
    head.page.get_by_role("button", name="试算").click()
    head.page.get_by_role("heading", name="采用 1 个答复，1 人的判定会改变").wait_for(timeout=120_000)
    head.page.get_by_role("button", name="以 周人社 之名公布").click()
    head.page.get_by_text("已公布").wait_for(timeout=120_000)
    assert verify(place / "out").events == 5  # decided, signed, answered, decided, superseded
    clerk.go("/sign?stage=community")
    assert "现在可签 1 件" in clerk.page.locator("main").inner_text(), (
        "the signature fell with the one decision that changed"
    )
    with head.page.expect_download() as download:
        head.go_to_download("/overview.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert book.sheetnames == ["街道、社区", "单位", "环节", "每周"]
    assert [cell.value for cell in book["街道、社区"][2]] == ["乌龙街道", "乌龙社区", 1, 0, 9, 2, 12]
    assert (clerk.complaints, head.complaints) == ([], [])


def test_keys_move_and_open_and_an_input_method_is_left_alone(chromium, address: str, workbench: Workbench) -> None:
    someone = Officer(chromium, address, "陈自然")
    someone.go("/queue?tab=all")
    rows = someone.page.locator("[data-row]")
    count = rows.count()
    assert count > 1
    texts = [rows.nth(0).inner_text(), rows.nth(1).inner_text()]
    someone.press("j")
    assert someone.focused() == texts[0]
    someone.press("j")
    assert someone.focused() == texts[1]
    someone.press("k", "k", "k")
    assert someone.focused() == texts[0]
    someone.go(f"/question/{question(workbench, '协8')}")
    field = someone.page.locator("#f-answer")
    field.focus()
    session = someone.context.new_cdp_session(someone.page)
    session.send("Input.imeSetComposition", {"text": "yun", "selectionStart": 3, "selectionEnd": 3})
    someone.page.keyboard.press("Enter")
    session.send("Input.insertText", {"text": "云国土资复"})
    someone.page.keyboard.press("Enter")
    someone.page.wait_for_timeout(300)
    assert someone.page.url.endswith(question(workbench, "协8")), "Enter in a field of an answer submits nothing"
    assert field.input_value() == "云国土资复"
    assert workbench.ledger.seq == 1
    assert someone.complaints == []


def test_typed_text_survives_a_server_that_dies(chromium, address: str, workbench: Workbench, office: Office) -> None:
    identity = question(workbench, resident_id(7))
    someone = Officer(chromium, address, "王社")
    someone.go(f"/question/{identity}")
    someone.page.fill("#f-note", "还没写完")
    someone.page.get_by_text("草稿已存").wait_for()
    office.accounts.lock("王社", locked=True)
    office.accounts.lock("王社", locked=False)
    someone.go(f"/question/{identity}")
    assert "/sign-in" in someone.page.url
    someone.page.fill("#name", "王社")
    someone.page.fill("#password", PASSWORD)
    someone.press("Enter")
    someone.page.wait_for_url(f"**/question/{identity}")
    assert someone.page.locator("#f-note").input_value() == "还没写完"


@pytest.mark.parametrize(("scheme", "lang"), [("light", "zh"), ("dark", "en")])
def test_every_page_is_accessible_and_fits(
    chromium, address: str, workbench: Workbench, lang: str, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    someone = Officer(chromium, address, "周人社", color_scheme=scheme)
    if lang == "en":
        someone.page.get_by_role("button", name="English").click()
    identity = question(workbench, resident_id(1))
    link = question(workbench, "协8")
    pages = ["/queue?tab=all", f"/question/{identity}", f"/question/{link}", f"/case/{workbench.batch.seq}/0", "/sign", "/overview",
             "/batch", "/account", "/nothing", "/sign-in"]  # fmt: skip
    for width in (1440, 390):
        someone.page.set_viewport_size({"width": width, "height": 844})
        for path in pages:
            someone.go(path)
            wide = someone.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{path} is {wide} wide at {width}"
            broken = [one for one in Axe().run(someone.page).response["violations"] if one["impact"] in SERIOUS]
            assert not broken, f"{path}: {[(one['id'], one['nodes'][0]['html'][:200]) for one in broken]}"
            words = someone.page.locator("main").inner_text()
            assert lang == "zh" or not re.search("登录|清单|待查问题|答复|签字|总览", words.replace("仍不详", "")), path
    assert [text for text in someone.complaints if "404" not in text] == []


def test_pages_work_without_script(chromium, address: str, workbench: Workbench) -> None:
    identity = question(workbench, resident_id(7))
    someone = Officer(chromium, address, "王社", java_script_enabled=False)
    someone.go(f"/question/{identity}")
    someone.page.locator("input[value=认定为成员]").check()
    someone.page.set_default_timeout(120_000)
    someone.page.get_by_role("button", name="先看可办结谁").click()
    someone.page.get_by_text("可办结 1 人").first.wait_for(timeout=120_000)
    assert workbench.ledger.seq == 1
    someone.page.get_by_role("button", name="答复", exact=True).click()
    someone.page.get_by_text("已记入答复").wait_for()
    assert workbench.ledger.state(identity) == "answered"
