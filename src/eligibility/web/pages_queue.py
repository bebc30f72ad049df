"""The queue: tabs, filters, search, the next task, saved views."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import Response

from eligibility.web.requests import Visit
from eligibility.web.tasks import PAGE, TABS, Filter


def filter_of(visit: Visit, ids: tuple[str, ...] | None = None) -> Filter:
    """The filter that the address or the form asks for."""

    def asked(name: str) -> str:
        return (visit.form.get(name, "") or visit.query(name))[:200]

    page = asked("page")
    tab = asked("tab")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return Filter(
        tab if tab in TABS else "todo", asked("street"), asked("community"), asked("group"), asked("reason"), asked("body"),
        max(1, number), ids,
    )  # fmt: skip


def show_queue(visit: Visit) -> Response:
    """A page of the queue."""
    return _queue(visit, filter_of(visit), searched="")


def search(visit: Visit) -> Response:
    """Who is meant by a name, a household or a part of an id; by a form, so that no id stands in an address."""
    text = visit.form.get("q", "").strip()[:64]
    persons = visit.office.workbench.find(visit.actor, text) if text else []
    return visit.page("search", persons=persons, searched=text, batch=visit.office.workbench.batch.seq)


def take_next(visit: Visit) -> Response:
    """Take the free task that settles most persons, of those the filter leaves."""
    wanted = filter_of(visit)
    identity = visit.office.tasks.take_next(visit.officer, visit.actor, wanted, visit.now)
    if identity is None:
        return visit.go("/queue", **wanted.words(), done="nothing")
    return visit.go(f"/question/{identity}", **_without_tab(wanted))


def keep_view(visit: Visit) -> Response:
    """Save the filter under a name."""
    wanted = filter_of(visit)
    visit.office.tasks.keep_view(visit.officer, visit.form.get("name", "").strip(), urlencode(wanted.words()))
    return visit.go("/queue", **wanted.words(), done="view")


def drop_view(visit: Visit) -> Response:
    """Forget a saved filter."""
    visit.office.tasks.drop_view(visit.officer, visit.form.get("name", ""))
    return visit.go("/queue")


def _without_tab(wanted: Filter) -> dict[str, str]:
    return {name: value for name, value in wanted.words().items() if name != "tab"}


def _queue(visit: Visit, wanted: Filter, searched: str) -> Response:
    office, actor = visit.office, visit.actor
    shown = office.tasks.page(visit.officer, actor, wanted, visit.now)
    questions = office.workbench.questions
    rows = [(task, questions[task.question]) for task in shown.tasks if task.question in questions]
    query = urlencode(wanted.words())
    links = {tab: urlencode({**wanted.words(), "tab": tab}) for tab in TABS}
    return visit.page(
        "queue", wanted=wanted, rows=rows, shown=shown, options=office.tasks.options(actor), pages=max(1, -(-shown.total // PAGE)),
        query=query, links=links, views=office.tasks.views(visit.officer), searched=searched,
    )  # fmt: skip
