"""The list of decisions on the architecture, from the head of each."""

from __future__ import annotations

from bench.reference import ROOT, head, table

SAID = """\
What was decided about the program, why, and what it costs. A decision that no longer holds stays here and says by which it was replaced.
"""


def page() -> str:
    """The whole page."""
    titles = {path: path.read_text(encoding="utf-8").splitlines()[0] for path in sorted(ROOT.glob("docs/adr/*.md"))}
    rows = (
        (title.removeprefix("# ").partition(".")[0], f"[{title.partition('. ')[2]}](../adr/{path.name})")
        for path, title in titles.items()
    )
    return head("设计决定 / Decisions", "decisions", SAID) + "\n" + table(("No.", "Decision"), rows)
