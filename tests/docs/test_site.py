"""The site: every page has its place, the tutorial shows what the program prints, and nothing is asked of another machine."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from typer.testing import CliRunner

from eligibility.cli.app import app

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorial" / "first-district.md"


class Loader(yaml.SafeLoader):
    """Reads mkdocs.yml, in which one value is made by a function."""


Loader.add_multi_constructor("!!python/", lambda *_: None)
Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)
SITE = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader)


def pages(nav: list[Any]) -> Iterator[str]:
    for one in nav:
        if isinstance(one, dict):
            for below in one.values():
                yield from pages(below if isinstance(below, list) else [below])
        else:
            yield one


def outside() -> dict[str, str]:
    """Pages that stand outside docs, as the hooks of the site name them (mkdocs need not be installed)."""
    told = (ROOT / "bench" / "site.py").read_text(encoding="utf-8")
    return dict(re.findall(r'^    "([\w/.]+\.md)": "([\w/.-]+\.md)",$', told, re.MULTILINE))


def test_every_page_stands_once_in_the_navigation() -> None:
    listed = Counter(pages(SITE["nav"]))
    written = {str(path.relative_to(ROOT / "docs")) for path in ROOT.glob("docs/**/*.md")}
    written = {one for one in written if not one.startswith("adr/")}  # the hooks put these behind their list
    assert set(listed) == written | set(outside().values())
    assert [one for one, times in listed.items() if times > 1] == []
    assert all((ROOT / one).exists() for one in outside())


def test_the_site_is_built_strictly_and_loads_nothing_from_elsewhere() -> None:
    assert SITE["theme"]["font"] is False
    assert SITE["validation"]["nav"]["omitted_files"] == SITE["validation"]["links"]["anchors"] == "warn"
    assert "mkdocs build --strict" in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert not any(re.match("https?:", one) for one in SITE["extra"]["polyfills"])
    assert all((ROOT / "docs" / one).exists() for one in SITE["extra"]["polyfills"])


def test_the_image_is_built_from_what_exists_by_the_lock_and_runs_as_a_plain_user() -> None:
    told = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    for given in re.findall(r"^COPY (?!--)(.+) \S+$", told, re.MULTILINE):
        assert all((ROOT / one).exists() for one in given.split()), given
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    needed = {one for given in re.findall(r"^COPY (?!--)(.+) \S+$", told, re.MULTILINE) for one in given.split()}
    assert needed == {one.removeprefix("!") for one in ignored if one.startswith("!")}
    assert "--require-hashes --requirement requirements.lock" in told
    assert told.index("USER clerk") < told.index('ENTRYPOINT ["eligibility"]')
    version = re.search(r"^FROM python:(3\.\d+)", told, re.MULTILINE)
    assert version and version[1] in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"][
        "requires-python"
    ].replace("<3.13", "3.12")


def test_the_tutorial_tells_the_outcomes_of_its_dossier(decided: Path) -> None:
    from eligibility import open_run

    told = dict(re.findall(r"^\| (\S+)（H\d） \| (\S+) \|", TUTORIAL.read_text(encoding="utf-8"), re.MULTILINE))
    with open_run(decided) as run:
        rows = run.decisions().project("name, outcome").fetchall()
        assert {name: run.policy.outcomes[outcome] for name, outcome in rows} == told


def test_the_tutorial_shows_what_is_printed(decided: Path) -> None:
    page = TUTORIAL.read_text(encoding="utf-8")
    check = (
        CliRunner().invoke(app, ["intake", "check", str(ROOT / "docs/example/dossier")], env={"COLUMNS": "80"}).output
    )
    explained = CliRunner().invoke(app, ["explain", "王样例", "--run", str(decided)]).output
    blocks = [
        one for one in re.findall(r"^```\n(.*?)^```$", page, re.MULTILINE | re.DOTALL) if "eligibility" not in one
    ]
    assert len(blocks) == 2
    squeezed = "".join((check + explained).split())
    assert [one for one in blocks if "".join(one.split()) not in squeezed] == []
