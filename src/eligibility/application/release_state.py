"""Whether a rulebook is released or a draft: what the record of its releases says of exactly these files.

The record stands beside the rulebook's folder (`km-reform.releases/`): a log of events chained by hash, as that of a run.
A rulebook is known by the digest of all its files and of the shared ones that it uses: after any edit it is a draft again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from eligibility.application.record.place import Record
from eligibility.model.event import Event, Kind
from eligibility.model.policy import Policy
from eligibility.rulebook.files import named_folder

DRAFT, RELEASED, LATER = "draft", "released", "later"
"""States: never released as it stands; released; released from a day that is still to come."""


@dataclass(frozen=True, slots=True)
class ReleaseState:
    """State of a rulebook on a day: `by` who approved it as it stands, `since` from when, `event` the hash of its release."""

    state: str
    by: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    since: str = ""
    event: str = ""
    edited: str = ""
    """Of a draft: the last day from which this rulebook was released with other files than these ("": never)."""

    def as_body(self) -> dict[str, Any]:
        """The state as the record of a run keeps it."""
        return {
            "state": self.state,
            "by": list(self.by),
            "grounds": list(self.grounds),
            "from": self.since,
            "event": self.event,
            "edited": self.edited,
        }


def releases_of(rules: Path) -> Record:
    """The record of the releases of the rulebook in `rules`; it need not exist."""
    folder = named_folder(rules).resolve()
    return Record(folder.with_name(f"{folder.name}.releases"))


def release_state(rules: Path, policy: Policy) -> ReleaseState:
    """The state of the rulebook that `policy` was read from, on the policy's day.

    Raises `InputError` where the record of its releases was changed: a release that cannot be trusted is none.
    """
    events = releases_of(rules).log.events()
    approvals = events_of(events, policy, Kind.APPROVED)
    by, grounds = tuple(_texts(approvals, "by")), tuple(_texts(approvals, "grounds"))
    releases = events_of(events, policy, Kind.RELEASED)
    if not releases:
        earlier = [event for event in events if event.kind == Kind.RELEASED]
        edited = str(earlier[-1].body["from"]) if earlier else ""
        return ReleaseState(DRAFT, by, grounds, edited=edited)
    release = releases[-1]
    since = str(release.body["from"])
    state = RELEASED if date.fromisoformat(since) <= policy.as_of else LATER
    return ReleaseState(state, by, grounds, since, release.hash)


def events_of(events: Iterable[Event], policy: Policy, kind: Kind) -> list[Event]:
    """The events of a kind about the rulebook as `policy` was read from it."""
    return [event for event in events if event.kind == kind and event.body["rulebook"]["sha256"] == policy.sha256]


def _texts(events: list[Event], name: str) -> list[str]:
    return [str(event.body[name]) for event in events]
