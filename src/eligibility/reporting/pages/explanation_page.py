"""One decision as a self-contained page, for an officer or for the person concerned."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from eligibility.adjudicate.explain import Explanation
from eligibility.adjudicate.explain.places import TABLE_TITLES
from eligibility.adjudicate.explain.readings import outcome_text
from eligibility.labels.states import KNOWN, MARKS
from eligibility.model.policy import Policy
from eligibility.model.truth import Truth
from eligibility.reporting.pages.report import PAGE, environment

_SIGNS = {Truth.PROVEN: "✓", Truth.REFUTED: "✗", Truth.OPEN: "?"}


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
        marks={str(mark): (sign, *MARKS[mark]) for mark, sign in _SIGNS.items()},
        statuses={str(status): tuple(words) for status, words in KNOWN.items()},
    )
