"""How pages write times, days and numbers."""

from __future__ import annotations

from datetime import datetime

from jinja2 import Environment


def clock(seconds: int) -> str:
    """A time of today as hours and minutes, of another day with the day."""
    moment = datetime.fromtimestamp(seconds).astimezone()
    return f"{moment:%H:%M}" if moment.date() == datetime.now().astimezone().date() else f"{moment:%m-%d %H:%M}"


def moment(text: str) -> str:
    """An ISO time of the record as people read it.

    >>> moment("2026-11-30T09:05:07+08:00")
    '2026-11-30 09:05'
    """
    return text[:16].replace("T", " ")


def days_since(text: str, now: int) -> int:
    """Whole days since an ISO time."""
    return max(0, int(now - datetime.fromisoformat(text).timestamp()) // 86_400) if text else 0


def add_filters(templates: Environment) -> None:
    """Give the formats to templates."""
    templates.filters["clock"] = clock
    templates.filters["moment"] = moment
    templates.filters["days_since"] = days_since
    templates.filters["thousands"] = lambda number: f"{number:,}"
