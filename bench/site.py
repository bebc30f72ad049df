"""Hooks of the documentation site (`mkdocs.yml`, `make docs`): pages that stand outside `docs`, and no address outside.

A page of the repository that is read on the site as well (README, the language of rules, the changelogs) is taken from where it stands.
Links are written so that they work in a checkout; here they are turned to the pages of the site, and a link to a file that is
no page keeps its words only. A built page that would load anything from another machine, and a search without the
words of Chinese pages, end the build.
"""

from __future__ import annotations

import json
import posixpath
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

ROOT = Path(__file__).parents[1]
OUTSIDE = {
    "README.md": "index.md",
    "README.en.md": "index.en.md",
    "CHANGELOG.md": "changelog.md",
    "rules/README.md": "rules-language.md",
    "rules/CHANGELOG.md": "rules-changelog.md",
    "bench/RESULTS.md": "results.md",
}
"""Pages of the repository outside `docs` → their place on the site."""
LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^)#:\s]+)(#[^)\s]*)?\)")
BROKEN = re.compile("(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u4e00-\u9fff“《（])")
SEARCHED = "花名册"
"""A word in the middle of sentences of several Chinese pages; found only where Chinese is taken apart into words."""


def on_config(config: Any) -> Any:
    """The decisions on the architecture, as many as there are, behind their list."""
    for section in config.nav:
        for title, pages in section.items():
            if isinstance(pages, list) and "reference/decisions.md" in pages:
                section[title] = [*pages, *(f"adr/{path.name}" for path in sorted(ROOT.glob("docs/adr/*.md")))]
    return config


def on_files(files: Any, config: Any) -> Any:
    """Put the pages that stand elsewhere among those of the site."""
    for path, place in OUTSIDE.items():
        if (ROOT / path).exists():
            files.append(File.generated(config, place, content=(ROOT / path).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Turn the links of a checkout to pages of the site."""
    places = {place: path for path, place in OUTSIDE.items()}
    here = places.get(page.file.src_uri, f"docs/{page.file.src_uri}")
    parts = re.split(r"(^```.*?^```$)", markdown, flags=re.MULTILINE | re.DOTALL)
    return "".join(part if part.startswith("```") else _written(part, here, page.file.src_uri) for part in parts)


def _written(text: str, here: str, place: str) -> str:
    """Text outside code with its links turned; a line that is broken between two Chinese characters is one line."""
    return BROKEN.sub("", LINK.sub(lambda found: turned(found, here, place), text))


def turned(found: re.Match[str], here: str, place: str) -> str:
    """One link of the file `here`, which is the page `place` of the site; its words where what it leads to is no page."""
    mark, words, target, anchor = found[1], found[2], found[3], found[4] or ""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(here), target))
    to = OUTSIDE.get(path) or (path.removeprefix("docs/") if path.startswith("docs/") else "")
    if path == "docs/adr":
        to = "reference/decisions.md"
    if not to or not (path in OUTSIDE or (ROOT / path).exists()):
        return found[0] if not (ROOT / path).exists() else words
    return f"{mark}[{words}]({posixpath.relpath(to, posixpath.dirname(place) or '.')}{anchor})"


def on_post_build(config: Any) -> None:
    """Raise PluginError where a page needs another machine, or a Chinese word cannot be searched for."""
    site = Path(config.site_dir)
    for page in sorted(site.rglob("*.html")):
        asked = Asked(page.read_text(encoding="utf-8"))
        if asked.addresses:
            raise PluginError(f"{page.relative_to(site)} asks another machine for {', '.join(asked.addresses)}")
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    separated = sum(f"\u200b{SEARCHED}" in one["text"] or f"{SEARCHED}\u200b" in one["text"] for one in index["docs"])
    if not separated:
        raise PluginError(f"the search does not take Chinese apart into words: {SEARCHED} stands nowhere by itself")


class Asked(HTMLParser):
    """The addresses of other machines from which a page loads something by itself (links that a reader follows are none)."""

    def __init__(self, page: str) -> None:
        """Read the page."""
        super().__init__()
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what scripts, pictures, styles and fonts come from."""
        if tag == "a":
            return
        loaded = [value for name, value in attrs if name in {"src", "href", "srcset", "data"} and value]
        self.addresses += [value for value in loaded if re.match(r"(?:https?:)?//", value)]
