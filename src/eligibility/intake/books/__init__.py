"""Workbooks of every kind, with what their reader does not tell."""
