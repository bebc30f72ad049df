"""A decided village under review: five made-up officers, and a client that signs in and fills forms as a browser does."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from eligibility.application.workbench.actor import Actor, grant_of
from eligibility.application.workbench.service import Workbench
from eligibility.web import accounts as accounts_module
from eligibility.web import pages_question
from eligibility.web.app import Office, application
from eligibility.web.database import Database
from review.conftest import decided_village  # noqa: F401

PASSWORD = "Lake-River-8"
NOW = 1_800_000_000
STAFF = {
    "王社": ["community_clerk@乌龙社区"],
    "刘街": ["street_officer@乌龙街道"],
    "周人社": ["joint_human_resources", "head", "operator"],
    "陈自然": ["natural_resources_officer"],
    "赵公安": ["body:public_security", "body:veterans", "body:agriculture"],
    "远方": ["community_clerk@别处社区"],
}
CSRF = re.compile(r'name="csrf" value="([^"]+)"')


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts_module, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A loaded machine takes its time to work out what an answer settles."""
    monkeypatch.setattr(pages_question, "_PATIENCE", 120.0)
    monkeypatch.setattr(pages_question, "_SHARE_OF_IT", 120.0)


@pytest.fixture
def place(decided_village: Path, tmp_path: Path) -> Path:  # noqa: F811
    """A copy of the decided village, to work in."""
    return Path(shutil.copytree(decided_village, tmp_path / "office"))


@pytest.fixture
def workbench(place: Path) -> Workbench:
    return Workbench(place / "out")


@pytest.fixture
def office(workbench: Workbench, place: Path) -> Iterator[Office]:
    made = office_of(workbench, f"sqlite:///{place / 'web.sqlite'}")
    yield made
    made.close()


def office_of(workbench: Workbench, url: str) -> Office:
    made = Office(workbench, Database(url))
    for name, roles in STAFF.items():
        grants = [grant_of(role, workbench.policy) for role in roles]
        made.accounts.add(name, PASSWORD, grants, NOW, must_change=False)
    return made


def actor(workbench: Workbench, name: str) -> Actor:
    grants = tuple(grant_of(role, workbench.policy) for role in STAFF[name])
    return Actor(name, grants, datetime.now().astimezone())


def question(workbench: Workbench, words: str) -> str:
    """The id of the one question about that subject."""
    (found,) = [one.id for one in workbench.questions.values() if words in (one.subject, one.asks)]
    return found


class Browser:
    """A client with one officer's session."""

    def __init__(self, office: Office, name: str = "") -> None:
        self.client = TestClient(application(office), base_url="http://127.0.0.1:8750", follow_redirects=False)
        self.client.headers["origin"] = "http://127.0.0.1:8750"
        self.csrf = ""
        if name:
            assert self.sign_in(name).status_code == 303
            self.get("/account")

    def sign_in(self, name: str, password: str = PASSWORD, onward: str = ""):
        return self.client.post("/sign-in", data={"name": name, "password": password, "next": onward})

    def get(self, path: str):
        answer = self.client.get(path)
        if match := CSRF.search(answer.text):
            self.csrf = match[1]
        return answer

    def post(self, path: str, **fields: str):
        return self.client.post(path, data={"csrf": self.csrf, **fields})

    def fields(self, path: str) -> dict[str, str]:
        """The hidden fields of the form of an answer."""
        page = self.get(path).text
        form = page[page.index("data-answer") :]
        return {name: unescape(re.search(rf'name="{name}" value="([^"]*)"', form)[1]) for name in ("version", "act")}

    def answer(self, identity: str, text: str, body: str, **more: str):
        path = f"/question/{identity}"
        return self.post(f"{path}/answer", answer=text, body=body, **{**self.fields(path), **more})


@pytest.fixture
def browser(office: Office):
    return lambda name="": Browser(office, name)
