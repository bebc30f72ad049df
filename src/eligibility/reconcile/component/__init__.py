"""Reads one component of the matching from a finished run: its papers, its links, the rival approvals of an agreement."""

from eligibility.reconcile.component.find import component_of
from eligibility.reconcile.component.listing import ComponentRow, list_components
from eligibility.reconcile.component.nodes import AgreementNode, ApprovalNode, Component, MatchEdge
from eligibility.reconcile.component.rivals import LineExplanation, Rival, explain_agreement

__all__ = [
    "AgreementNode",
    "ApprovalNode",
    "Component",
    "ComponentRow",
    "LineExplanation",
    "MatchEdge",
    "Rival",
    "component_of",
    "explain_agreement",
    "list_components",
]
