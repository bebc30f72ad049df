"""The facts that the program derives itself from the tables of a dossier; every other needs a source in the rule files."""

from __future__ import annotations

WHEN_USED = frozenset({"birth_date", "sex", "agreement_date"})
"""Derived for every person, and part of a case only where the rulebook asks for them."""

PERSON = frozenset(
    [
        "birth_date",
        "sex",
        "hukou_district",
        "public_staff",
        "officer",
        "student",
        "employee_pension",
        "deceased",
        "imprisoned",
        "membership_disputed",
        "opinion_disagrees",
        "opinion_incomplete",
        "identity_valid",
        "evidence_conflict",
        "gap_staff_list",
        "gap_officer_list",
        "gap_school_list",
        "gap_pension_list",
        "gap_prison_list",
        "gap_death_list",
    ]
)
"""Those that follow from the roster, opinions and lists alone."""

LAND = frozenset(
    [
        "agreement_date",
        "own_area",
        "lawful_loss",
        "remaining_area",
        "heads",
        "remaining_per_head",
        "approval_date",
        "age_at_approval",
        "covered_taking",
        "approval_competent",
        "contract_right",
        "registered_member",
        "special_works",
        "gap_reserve_only",
        "gap_approval_possible",
        "gap_approval_missing",
        "gap_group_level",
        "gap_equal_share",
        "gap_roll_missing",
        "gap_own_area",
        "gap_heads",
        "gap_heads_list",
        "gap_earlier_taking",
        "title_present",
        "title_substitute",
        "shared_land_used",
        "works_by_name",
    ]
)
"""Those that follow from takings and approvals: a rulebook that asks none of them needs no parameters to make them."""

DERIVED = PERSON | LAND
"""Ids of the facts in `facts/persons.sql`."""
