"""A request as a page sees it: who asks, what was typed, and the answers it can give. Everything that guards stands in this file."""

from __future__ import annotations

import ipaddress
import re
import secrets
import socket
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from eligibility.application.workbench.actor import Actor
from eligibility.model.diagnostic import InputError
from eligibility.web.accounts import SignedIn

if TYPE_CHECKING:
    from eligibility.web.app import Office

LARGEST_BODY, MOST_FIELDS = 512 * 1024, 4_000
"""Bytes and fields of a form; that of a roll of a thousand households has a tenth."""
HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "cache-control": "no-store",
}
_LOCAL = re.compile(r"/(?:[\w%.~-]+(?:/[\w%.~-]+)*/?)?(?:\?[\w%.~&=+;:@-]*)?", re.ASCII)


class Refused(Exception):
    """A request that is not served: with this status."""

    def __init__(self, status: int, zh: str, en: str) -> None:
        super().__init__(en)
        self.status, self.zh, self.en = status, zh, en


@dataclass(slots=True)
class Visit:
    """One request: the office, the officer (None: nobody signed in), the fields of the form, the time and the language."""

    office: Office
    request: Request
    form: Mapping[str, str]
    who: SignedIn | None
    now: int = field(default_factory=lambda: int(time.time()))

    @property
    def lang(self) -> str:
        """The language of the pages, zh or en."""
        return "en" if self.request.cookies.get("lang") == "en" else "zh"

    @property
    def officer(self) -> SignedIn:
        """Who is signed in; only pages that need nobody are shown to nobody."""
        if self.who is None:
            raise Refused(303, "请先登录", "sign in first")
        return self.who

    @property
    def actor(self) -> Actor:
        """The officer at work, now."""
        return self.officer.actor(datetime.now().astimezone())

    def query(self, name: str) -> str:
        """A field of the address, "" where it is not given."""
        return self.request.query_params.get(name, "")[:200]

    def path(self, name: str) -> str:
        """A part of the path."""
        return str(self.request.path_params[name])

    def say(self, zh: str, en: str) -> str:
        """A sentence in the language of the visit."""
        return en if self.lang == "en" else zh

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """A page."""
        common = {
            "v": self, "en": self.lang == "en", "who": self.who, "csrf": self.who.csrf if self.who else "", "now": self.now,
            "act": secrets.token_hex(16), "notice": NOTICES.get(self.query("done")), "titles": self.office.titles,
        }  # fmt: skip
        text = self.office.templates.get_template(f"{template}.html.j2").render(common | values)
        return HTMLResponse(text, status)

    def go(self, path: str, **query: str) -> Response:
        """Send the browser on with a GET."""
        return RedirectResponse(f"{path}?{urlencode(query)}" if query else path, 303)

    def back(self, otherwise: str) -> str:
        """Where the form asks to return to, if that is a page of this server."""
        return local_path(self.form.get("back", "")) or otherwise


NOTICES = {
    "answered": ("已记入答复", "The answer is recorded"),
    "withdrawn": ("已撤回", "The answer is taken back"),
    "commented": ("已记入说明", "The remark is recorded"),
    "signed": ("已签字", "Signed"),
    "drafted": ("草稿已存", "The draft is kept"),
    "released": ("已放回清单，草稿还在", "Given back; the draft is kept"),
    "nothing": ("没有可取的问题了", "Nothing is left to take"),
    "taken": ("刚被他人取走，请另选", "Somebody else has just taken it"),
    "password": ("密码已改，其他登录已退出", "The password is changed, other sessions have ended"),
    "ended": ("其他登录已退出", "Other sessions have ended"),
    "view": ("已保存", "Saved"),
    "busy": ("已有一次判定在进行，或还没有可公布的", "A batch is being made, or nothing is ready"),
}
"""What a page says once after an act, by the word in its address."""

Handler = Callable[[Visit], Response]


def endpoint(
    office: Office, handler: Handler, *, open_to_all: bool = False
) -> Callable[[Request], Awaitable[Response]]:
    """The handler guarded: a session, for a form also its token; then run beside the loop."""

    async def serve(request: Request) -> Response:
        form = await _form(request) if request.method == "POST" else {}
        return await run_in_threadpool(_served, office, handler, request, form, open_to_all=open_to_all)

    return serve


def _served(
    office: Office, handler: Handler, request: Request, form: Mapping[str, str], *, open_to_all: bool
) -> Response:
    visit = Visit(office, request, form, None)
    token = request.cookies.get(office.cookie, "")
    visit.who = office.accounts.signed_in(token, visit.now) if token else None
    try:
        if not open_to_all:
            if visit.who is None:
                return _to_sign_in(visit)
            if request.method == "POST" and not secrets.compare_digest(form.get("csrf", ""), visit.who.csrf):
                raise Refused(403, "表单已失效，请刷新后重做", "the form is not of this session; load the page again")
            if visit.who.must_change and request.url.path not in ("/account", "/account/password", "/sign-out"):
                return visit.go("/account")
            office.refresh()
        return handler(visit)
    except Refused as refused:
        return visit.page("message", refused.status, zh=refused.zh, text_en=refused.en, findings=())
    except InputError as unusable:
        first = unusable.findings[0].code
        status = {
            "out_of_scope": 403,
            "role_not_allowed": 403,
            "body_not_allowed": 403,
            "question_closed": 404,
            "case_gone": 404,
        }
        return visit.page("message", status.get(first, 422), zh="", text_en="", findings=unusable.findings)


def _to_sign_in(visit: Visit) -> Response:
    path = visit.request.url.path if visit.request.method == "GET" else visit.request.headers.get("referer", "")
    path = re.sub(r"^https?://[^/]*", "", path)
    return visit.go("/sign-in", next=local_path(path) or "/queue")


def local_path(path: str) -> str:
    r"""A path of this server that may be gone to, "" for anything else.

    >>> [local_path(text) for text in ("/queue?tab=mine", "//evil.example", "/\\evil.example", "https://evil.example", "/a//b")]
    ['/queue?tab=mine', '', '', '', '']
    """
    return path if len(path) < 500 and _LOCAL.fullmatch(path) else ""


async def _form(request: Request) -> dict[str, str]:
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise Refused(415, "只收表单", "only forms are taken")
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST_BODY:
            raise Refused(413, "内容太大", "too large")
        parts.append(part)
    try:
        pairs = parse_qsl(b"".join(parts).decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except (UnicodeDecodeError, ValueError):
        raise Refused(400, "表单读不出", "the form cannot be read") from None
    return {name: value.replace("\0", "").replace("\r\n", "\n") for name, value in pairs}


class Guard:
    """Before everything: the host is one of ours, a form comes from our own pages; after everything: the safe headers."""

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        self.app = app
        self.names = names | {"localhost", "testserver", socket.gethostname().lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, or refuse."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.decode("latin-1").lower() for name, _ in message["headers"]}
                more = [(name.encode(), value.encode()) for name, value in HEADERS.items() if name not in given]
                message["headers"] = [*message["headers"], *more]
            await send(message)

        request = Request(scope)
        refused = self._refused(request)
        if refused:
            await HTMLResponse(refused[1], refused[0])(scope, receive, with_headers)
        else:
            await self.app(scope, receive, with_headers)

    def _refused(self, request: Request) -> tuple[int, str] | None:
        host = request.headers.get("host", "")
        if not self._ours(host):
            return 421, "本服务没有这个名称 / no such host is served here"
        if request.method in ("GET", "HEAD"):
            return None
        site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
        foreign = site not in (None, "same-origin") or (
            origin is not None and origin != f"{request.url.scheme}://{host}"
        )
        if foreign or (site is None and origin is None):
            return 403, "请求来自别处，已拒绝 / the request comes from elsewhere and is refused"
        return None

    def _ours(self, host: str) -> bool:
        name = re.sub(r":\d{1,5}$", "", host).strip("[]").lower()
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return name in self.names
        return True
