"""The application: its routes, what they share, and the server that serves it."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from eligibility.application.workbench.actor import stage_roles
from eligibility.application.workbench.again import DecidingAgain
from eligibility.application.workbench.effect import Effects
from eligibility.application.workbench.service import Workbench
from eligibility.labels.titles import Titles
from eligibility.model.diagnostic import InputError
from eligibility.web import pages_account, pages_office, pages_question, pages_queue
from eligibility.web.accounts import Accounts, SignedIn
from eligibility.web.database import Database
from eligibility.web.formats import add_filters
from eligibility.web.requests import Guard, Handler, Refused, Visit, endpoint
from eligibility.web.tasks import Tasks

FOLDER = Path(__file__).parent
STATIC = {"app.css": "text/css", "app.js": "text/javascript", "icon.svg": "image/svg+xml"}
VERIFIED_EVERY = 24 * 3600
"""Seconds after which every event of the record is verified once more."""


@dataclass(slots=True)
class Office:
    """What all pages share."""

    workbench: Workbench
    database: Database
    https: bool = False
    accounts: Accounts = field(init=False)
    tasks: Tasks = field(init=False)
    effects: Effects = field(init=False)
    again: DecidingAgain = field(init=False)
    templates: Environment = field(init=False)
    _stopped: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        """Bring the projection to where the record is."""
        self.accounts = Accounts(self.database)
        self.tasks = Tasks(self.database, self.workbench)
        self.effects = Effects(self.workbench)
        self.again = DecidingAgain(self.workbench.run)
        self.templates = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        add_filters(self.templates)
        if self.tasks.check():
            self.tasks.rebuild()

    @property
    def titles(self) -> Titles:
        """Titles of the codes of the rulebook."""
        return Titles(self.workbench.policy)

    def signs(self, who: SignedIn) -> bool:
        """Whether any role of his signs a stage."""
        return not stage_roles(self.workbench.policy).keys().isdisjoint(grant.role for grant in who.grants)

    @property
    def cookie(self) -> str:
        """The name of the cookie of a session; over https no other server of this host can set it."""
        return "__Host-session" if self.https else "session"

    def refresh(self) -> None:
        """Take in what other processes did."""
        self.workbench.refresh()
        self.tasks.follow()

    def watch(self) -> None:
        """Verify the whole record every night, until `close`."""
        while not self._stopped.wait(VERIFIED_EVERY):
            with suppress(InputError):  # the next page says what is wrong
                self.workbench.refresh(verify=True)

    def close(self) -> None:
        """End what works beside the pages."""
        self._stopped.set()
        self.effects.close()
        self.database.close()


ROUTES: tuple[tuple[str, str, Handler, bool], ...] = (
    ("GET", "/sign-in", pages_account.show_sign_in, True),
    ("POST", "/sign-in", pages_account.sign_in, True),
    ("POST", "/language", pages_account.set_language, True),
    ("POST", "/sign-out", pages_account.sign_out, False),
    ("GET", "/account", pages_account.show_account, False),
    ("POST", "/account/password", pages_account.change_password, False),
    ("POST", "/account/sessions", pages_account.end_others, False),
    ("GET", "/queue", pages_queue.show_queue, False),
    ("POST", "/queue/next", pages_queue.take_next, False),
    ("POST", "/search", pages_queue.search, False),
    ("POST", "/views", pages_queue.keep_view, False),
    ("POST", "/views/drop", pages_queue.drop_view, False),
    ("GET", "/question/{question}", pages_question.show_question, False),
    ("GET", "/question/{question}/effects", pages_question.show_effects, False),
    ("POST", "/question/{question}/take", pages_question.take, False),
    ("POST", "/question/{question}/release", pages_question.let_go, False),
    ("POST", "/question/{question}/draft", pages_question.keep_draft, False),
    ("POST", "/question/{question}/preview", pages_question.preview, False),
    ("POST", "/question/{question}/answer", pages_question.answer, False),
    ("POST", "/question/{question}/comment", pages_question.comment, False),
    ("POST", "/withdraw/{event:int}", pages_question.withdraw, False),
    ("GET", "/case/{batch:int}/{row:int}", pages_question.show_case, False),
    ("GET", "/sign", pages_office.show_sign, False),
    ("POST", "/sign", pages_office.sign, False),
    ("GET", "/overview", pages_office.show_overview, False),
    ("GET", "/overview.xlsx", pages_office.export_overview, False),
    ("GET", "/batch", pages_office.show_batch, False),
    ("POST", "/batch/look", pages_office.look, False),
    ("POST", "/batch/publish", pages_office.publish, False),
    ("POST", "/batch/discard", pages_office.discard, False),
)
"""Method, path, page, and whether it is open to those who are not signed in."""


def application(office: Office, names: Iterable[str] = ()) -> Starlette:
    """The application over an office; `names` are those by which the host is called beside its addresses."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        thread = threading.Thread(target=office.watch, daemon=True)
        thread.start()
        yield
        office.close()

    routes = [
        Route(path, endpoint(office, handler, open_to_all=free), methods=[method])
        for method, path, handler, free in ROUTES
    ]
    routes += [
        Route("/", lambda _: RedirectResponse("/queue", 303), methods=["GET"]),
        Route("/health", lambda _: PlainTextResponse("ok"), methods=["GET"]),
        Route("/static/{name}", _static, methods=["GET"]),
    ]

    def not_served(request: Request, error: Exception) -> Response:
        refused = error if isinstance(error, Refused) else Refused(404, "没有这一页", "there is no such page")
        visit = Visit(office, request, {}, None)
        return visit.page("message", refused.status, zh=refused.zh, text_en=refused.en, findings=())

    def fault(request: Request, _error: Exception) -> Response:
        visit = Visit(office, request, {}, None)
        text = (
            "程序有误，未作任何更改；请告知管理员",
            "a fault of the program, nothing was changed; tell the administrator",
        )
        return visit.page("message", 500, zh=text[0], text_en=text[1], findings=())

    return Starlette(
        routes=routes,
        lifespan=lifespan,
        middleware=[Middleware(Guard, names=frozenset(name.lower() for name in names))],
        exception_handlers={404: not_served, 405: not_served, Refused: not_served, Exception: fault},
    )


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in STATIC:
        raise Refused(404, "没有这个文件", "there is no such file")
    return FileResponse(
        FOLDER / "static" / name, media_type=STATIC[name], headers={"cache-control": "private, max-age=300"}
    )


def serve(  # noqa: PLR0913
    run: Path, database: str, *, host: str, port: int, names: Iterable[str] = (), keys: tuple[Path, Path] | None = None
) -> None:
    """Serve until interrupted; `keys` are certificate and key for https.

    Raises:
        InputError: no run with a sound record, or the database cannot be used.

    """
    import uvicorn

    office = Office(Workbench(run), Database(database), https=keys is not None)
    tls = {"ssl_certfile": str(keys[0]), "ssl_keyfile": str(keys[1])} if keys else {}
    uvicorn.run(
        application(office, names), host=host, port=port, access_log=False, log_level="warning", server_header=False,
        proxy_headers=False, timeout_keep_alive=30, limit_concurrency=400, **tls,  # type: ignore[arg-type]
    )  # fmt: skip
