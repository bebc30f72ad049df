"""One decision as a self-contained page, for an officer or for the person concerned."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from eligibility.adjudicate.explain import Explanation
from eligibility.adjudicate.explain.places import TABLE_TITLES
from eligibility.adjudicate.explain.readings import outcome_text
from eligibility.domain.policy import Policy
from eligibility.reporting.pages.report import PAGE, environment


def explanation_page(found: Sequence[Explanation], policy: Policy, *, audience: str, lang: str) -> str:
    """The page as text, in one language; whoever calls it decides how much of an id is shown."""
    page = environment().get_template("explanation.html.j2")
    return page.render(
        css=Markup((PAGE / "explanation.css").read_text(encoding="utf-8")),
        found=found,
        citizen=audience == "citizen",
        en=lang == "en",
        outcomes={code: outcome_text(policy, code) for code in policy.outcomes},
        tables={key: key if lang == "en" else title for key, title in TABLE_TITLES.items()},
        marks={"proven": ("✓", "成立", "proven"), "refuted": ("✗", "不成立", "refuted"), "open": ("?", "待核", "open")},
        statuses={"seen": ("见原文", "seen"), "assumed": ("推定", "assumed"), "unset": ("未定", "unset")},
    )
