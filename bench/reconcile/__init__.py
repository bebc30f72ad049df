"""Reconciliation measured on planted truth: links, ranges of covered area, decisions; and three simpler ways beside it."""
