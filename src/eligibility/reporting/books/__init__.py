"""Workbooks: decisions, the review list, impact of an edit, copies of papers with their findings, empty forms."""
