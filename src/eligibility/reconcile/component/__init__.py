"""One component of the matching, read back from a finished run: its papers, its links, the rivals of an agreement."""

from eligibility.reconcile.component.find import component_of
from eligibility.reconcile.component.listing import Listed, list_components
from eligibility.reconcile.component.nodes import Agreed, Approved, Component, Drawn
from eligibility.reconcile.component.rivals import AgreementStory, Rival, explain_agreement

__all__ = [
    "Agreed",
    "AgreementStory",
    "Approved",
    "Component",
    "Drawn",
    "Listed",
    "Rival",
    "component_of",
    "explain_agreement",
    "list_components",
]
