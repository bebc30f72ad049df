"""The records from which papers are laid out: each a row that a paper can show, by key."""

from collections.abc import Callable, Iterator

from eligibility.simulation.styles.records import land, people, takings
from eligibility.simulation.styles.records.people import Record
from eligibility.simulation.styles.shelf import District

RECORDS: dict[str, Callable[[District], Iterator[Record]]] = {
    "members": people.members,
    "people": people.people,
    "opinions": people.opinions,
    "grantors": land.grantors,
    "contractors": land.contractors,
    "plots": land.plots,
    "ledger": land.ledger,
    "households": land.households,
    "holdings": land.holdings,
    "approvals": takings.approvals,
    "parcels": takings.parcels,
    "agreements": takings.agreements,
    "rolls": takings.rolls,
}
"""Each set of records by the name under which a description asks for it."""

__all__ = ["RECORDS", "Record"]
