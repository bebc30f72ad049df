"""Three levels of noise: how badly approvals and agreements fit together. Everything else is as the simulator makes it."""

from __future__ import annotations

from eligibility.simulation import Rates

LOW = [
    "citation_blank=0.06", "citation_garbled=0.02", "citation_unknown=0.01", "project_blank=0.05", "approval_lost=0.02",
    "whole_community=0.03", "split_project=0.08", "joint_parcel=0.06", "reserve_without_approval=0.04",
]  # fmt: skip
HIGH = [
    "citation_blank=0.30", "citation_garbled=0.12", "citation_unknown=0.08", "project_blank=0.25", "approval_lost=0.08",
    "whole_community=0.12", "split_project=0.25", "joint_parcel=0.20", "community_parcel=0.10",
    "reserve_without_approval=0.10", "signed_before=0.15", "batch_contradicted=0.03", "unreadable=0.002",
    "missing_roll=0.12", "incomplete_roll=0.10", "equal_share=0.20", "vague_date=0.01", "unknown_status=0.05",
]  # fmt: skip

LEVELS: dict[str, Rates] = {"low": Rates.from_options(LOW), "middle": Rates(), "high": Rates.from_options(HIGH)}
"""`middle` is the simulator's own default."""
