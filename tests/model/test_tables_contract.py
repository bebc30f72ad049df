"""The contract, as data, can be written and read without ambiguity."""

from __future__ import annotations

import pytest

from eligibility.model.tables import TABLES, Table, table

BLANK_MEANS_NO = {"member_to", "deceased_on", "withdrawn_on", "imprisoned", "membership_dispute"}


@pytest.mark.parametrize("one", TABLES, ids=lambda one: one.key)
def test_no_header_that_is_written_means_two_columns(one: Table) -> None:
    written = [column.zh for column in one.columns]
    keys = [column.key for column in one.columns]
    assert len(set(written)) == len(written)
    assert len(set(keys)) == len(keys)
    assert not {*written} & {*keys}


def test_titles_are_unique() -> None:
    names = [name for one in TABLES for name in (one.key, *one.titles)]
    assert len(set(names)) == len(names) == 2 * 9


def test_blank_means_no_in_five_columns_only() -> None:
    assert {column.key for one in TABLES for column in one.columns if column.blank_means_no} == BLANK_MEANS_NO


@pytest.mark.parametrize(
    ("key", "required"),
    [
        ("persons", "resident_id name household_id street community group"),
        ("title_certificates", "certificate_no household_id"),
        ("contract_ledger", "household_id"),
        ("groups", "community group"),
        ("approvals", "approval_no"),
        ("approval_parcels", "approval_no community area unit"),
        ("agreements", "agreement_no community area unit"),
        ("payouts", "agreement_no household_id"),
        ("confirmations", "resident_id stage opinion"),
    ],
)
def test_required_columns(key: str, required: str) -> None:
    assert [column.key for column in table(key).columns if column.required] == required.split()
