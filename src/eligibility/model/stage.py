"""Stages of review: which bodies must sign, in which roles, in which order."""

from __future__ import annotations

from dataclasses import dataclass

from eligibility.model.citation import Citation


@dataclass(frozen=True, slots=True)
class Signature:
    """One body that must sign a stage: the roles (code → title) in which a person may sign for it.

    `opinion` is the stage of 联审意见 whose "agree" on paper stands for the signature ("": none does).
    """

    body: str
    roles: dict[str, str]
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of review. `decided_only`: a case that waits for evidence cannot be signed here."""

    id: str
    title: str
    signatures: tuple[Signature, ...]
    citation: Citation
    decided_only: bool = False
