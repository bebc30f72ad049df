"""Signing in and out, the language, one's password, sessions and last answers."""

from __future__ import annotations

from starlette.responses import Response

from eligibility.application.workbench.actor import grant_title
from eligibility.model.diagnostic import InputError
from eligibility.web.requests import Visit, local_path

LAST = 10
"""Own answers that are listed."""


def show_sign_in(visit: Visit) -> Response:
    """The page to sign in on."""
    return visit.page("sign_in", next=local_path(visit.query("next")), wrong=False, name="")


def sign_in(visit: Visit) -> Response:
    """Begin a session."""
    name, client = visit.form.get("name", "")[:100], visit.request.client
    token = visit.office.accounts.sign_in(
        name, visit.form.get("password", ""), client.host if client else "", visit.now
    )
    onward = local_path(visit.form.get("next", ""))
    if token is None:
        return visit.page("sign_in", 401, next=onward, wrong=True, name=name)
    response = visit.go(onward or "/queue")
    response.set_cookie(
        visit.office.cookie, token, httponly=True, samesite="strict", secure=visit.office.https, path="/"
    )
    return response


def sign_out(visit: Visit) -> Response:
    """End the session."""
    visit.office.accounts.sign_out(visit.officer.token)
    response = visit.go("/sign-in")
    response.delete_cookie(visit.office.cookie, path="/")
    return response


def set_language(visit: Visit) -> Response:
    """Remember the language of the pages in a cookie."""
    response = visit.go(visit.back("/queue"))
    lang = "en" if visit.form.get("lang") == "en" else "zh"
    response.set_cookie(
        "lang", lang, max_age=365 * 86_400, httponly=True, samesite="strict", secure=visit.office.https, path="/"
    )
    return response


def show_account(visit: Visit) -> Response:
    """One's own page."""
    return _account(visit, ())


def change_password(visit: Visit) -> Response:
    """Change one's password."""
    try:
        visit.office.accounts.change_password(
            visit.officer, visit.form.get("old", ""), visit.form.get("new", ""), visit.now
        )
    except InputError as unusable:
        return _account(visit, unusable.findings, 422)
    return visit.go("/account", done="password")


def end_others(visit: Visit) -> Response:
    """End one's other sessions."""
    visit.office.accounts.end_others(visit.officer)
    return visit.go("/account", done="ended")


def _account(visit: Visit, findings: tuple[object, ...], status: int = 200) -> Response:
    office, who = visit.office, visit.officer
    answers = office.workbench.answers_of(visit.actor, LAST)
    grants = [grant_title(grant, office.workbench.policy) for grant in who.grants]
    sessions = office.accounts.sessions(who, visit.now)
    return visit.page("account", status, findings=findings, answers=answers, grants=grants, sessions=sessions)
