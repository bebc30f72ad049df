"""Words for codes: the titles that a rulebook gives them, and the names of the tables of a dossier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from eligibility.labels.values import readable
from eligibility.model.diagnostic import Bilingual
from eligibility.model.policy import Policy
from eligibility.model.tables import TABLES


class Family(StrEnum):
    """What a code stands for. Codes are unique within a family only: a clause and a reason may share theirs."""

    OUTCOME = "outcome"
    REASON = "reason"
    CLAUSE = "clause"
    REFUSAL = "refusal"  # a clause that refuses, in its own sentence: its title says what would be required
    CONDITION = "condition"
    DOCUMENT = "document"
    BODY = "body"
    PARAMETER = "parameter"


class Titles:
    """Titles of a policy's codes. A code that the policy does not name is shown as it stands, never dropped."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._lists: dict[tuple[Family, str], str] = {}
        self._zh: dict[Family, Mapping[str, str]] = {
            Family.OUTCOME: policy.outcomes,
            Family.REASON: {key: entry.title for key, entry in policy.reasons.items()},
            Family.CLAUSE: {key: entry.title for key, entry in policy.clauses.items()},
            Family.REFUSAL: {key: entry.text or f"不成立：{entry.title}" for key, entry in policy.clauses.items()},
            Family.CONDITION: {key: entry.title for key, entry in policy.conditions.items()},
            Family.DOCUMENT: policy.documents,
            Family.BODY: policy.bodies,
            Family.PARAMETER: {key: entry.title for key, entry in policy.parameters.items()},
        }
        self._en: dict[Family, Mapping[str, str]] = {
            Family.OUTCOME: policy.english.outcomes,
            Family.REASON: {key: entry.title_en for key, entry in policy.reasons.items()},
            Family.CLAUSE: {key: entry.title_en for key, entry in policy.clauses.items()},
            Family.REFUSAL: {key: entry.text_en for key, entry in policy.clauses.items()},
            Family.CONDITION: {key: entry.title_en for key, entry in policy.conditions.items()},
            Family.DOCUMENT: policy.english.documents,
            Family.BODY: policy.english.bodies,
            Family.PARAMETER: {key: entry.title_en for key, entry in policy.parameters.items()},
        }

    def zh(self, family: Family, code: str) -> str:
        """The Chinese title of a code."""
        return self._zh[family].get(code, code)

    def text(self, family: Family, code: str) -> Bilingual:
        """The title in both languages; where a rule file gives no English, it is the code made readable."""
        english = f"Refuted: {readable(code)}" if family is Family.REFUSAL else as_title(code)
        return Bilingual(self.zh(family, code), self._en[family].get(code) or english)

    def listed(self, family: Family, codes: str | None) -> str:
        """Chinese titles of codes joined by `;`, joined by `；`. Remembers lists: a million persons have few."""
        if not codes:
            return ""
        if (family, codes) not in self._lists:
            self._lists[family, codes] = "；".join(self.zh(family, code) for code in codes.split(";"))
        return self._lists[family, codes]


def leading(policy: Policy, codes: Sequence[str]) -> list[str]:
    """Of clauses that refuse together those that tell why: one that only follows from another of them is left out."""
    refused = set(codes)
    return [code for code in codes if code not in policy.clauses or not refused & set(policy.clauses[code].follows)]


def why(outcome: str) -> Family:
    """What the column `reasons` holds: reasons for review, or the ids of the clauses that refuse."""
    return Family.REASON if outcome == "manual_review" else Family.REFUSAL


def as_title(code: str) -> str:
    """A code as an English title.

    >>> as_title("missing_title_certificate")
    'Missing title certificate'
    """
    return readable(code).capitalize() if code.islower() else code


def table_text(key: str) -> Bilingual:
    """The name of a dossier table; "" is the dossier as a whole."""
    if not key:
        return Bilingual("卷宗", "Dossier")
    return Bilingual(next((table.zh for table in TABLES if table.key == key), key), as_title(key))
