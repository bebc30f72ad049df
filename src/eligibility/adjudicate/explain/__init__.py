"""Explains decisions: the common part is built once per profile and completed for each person."""

from eligibility.adjudicate.explain.find import Person, find_persons
from eligibility.adjudicate.explain.models import (
    CitizenText,
    ClauseReading,
    Explanation,
    FactReading,
    LinkReading,
    PaperPlace,
    ProfileExplanation,
    ReasonReading,
    RegimeReading,
    Settlement,
)
from eligibility.adjudicate.explain.person import Explainer, explain, explain_case
from eligibility.adjudicate.explain.profile import Profiles, explain_profile

__all__ = [
    "CitizenText",
    "ClauseReading",
    "Explainer",
    "Explanation",
    "FactReading",
    "LinkReading",
    "PaperPlace",
    "Person",
    "ProfileExplanation",
    "Profiles",
    "ReasonReading",
    "RegimeReading",
    "Settlement",
    "explain",
    "explain_case",
    "explain_profile",
    "find_persons",
]
