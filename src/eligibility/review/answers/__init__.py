"""Answers of reviewers: read from the work list, kept as events, and given to the next batch as papers."""
