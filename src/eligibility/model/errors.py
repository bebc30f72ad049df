"""Errors that the program raises on purpose; each is an `EligibilityError`."""


class EligibilityError(Exception):
    """Something that the program cannot do with what it was given, or a check of its own that failed."""
