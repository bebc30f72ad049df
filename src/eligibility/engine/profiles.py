"""Profiles: the distinct condition vectors that occur, and the number of persons with each.

Inside the database a vector is a few integers, two bits a condition (0 open, 1 proven, 2 refuted), so that a million
persons are grouped in well under a second.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlglot import exp

from eligibility.engine.marks_sql import PACK, conditions_sql, key_columns
from eligibility.engine.vectors import WORDS, Codes
from eligibility.engine.verdict import EngineError
from eligibility.model.policy import Policy

ID_LENGTHS = (11, 19, 40)
"""Lengths of a profile's id in hex digits; the first length is used with which all profiles of the batch differ."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One condition vector: stable id, packed keys, number of persons, row_id of the first and of the last person."""

    id: str
    keys: tuple[int, ...]
    persons: int
    first: int
    last: int


def profiles_sql(policy: Policy, dialect: str = "duckdb") -> str:
    """Return SQL that groups the packed marks of verdict.marks: keys, persons, first and last row_id."""
    keys = [exp.column(name, quoted=True) for name in key_columns(policy)]
    row = exp.column("row_id", quoted=True)
    query = exp.select(*keys, exp.alias_(exp.Count(this=exp.Star()), "persons"))
    query = query.select(exp.alias_(exp.Min(this=row), "first"), exp.alias_(exp.Max(this=row.copy()), "last"))
    return query.from_(exp.table_("marks", db="verdict")).group_by(*[k.copy() for k in keys]).sql(dialect, pretty=True)


def find_profiles(con: duckdb.DuckDBPyConnection, policy: Policy) -> list[Profile]:
    """Evaluate all persons into verdict.marks and return their profiles, most persons first, then by id."""
    con.execute("CREATE SCHEMA IF NOT EXISTS verdict")
    con.execute(f"CREATE OR REPLACE TABLE verdict.marks AS {conditions_sql(policy)}")
    return as_profiles(policy, con.execute(profiles_sql(policy)).fetchall())


def as_profiles(policy: Policy, rows: Sequence[tuple[int, ...]]) -> list[Profile]:
    """Return the profiles from the rows of `profiles_sql`, most persons first, then by id."""
    width = len(key_columns(policy))
    keys = [row[:width] for row in rows]
    ids = profile_ids(mark_columns(policy, keys), len(rows))
    profiles = [Profile(name, key, *row[width:]) for name, key, row in zip(ids, keys, rows, strict=True)]
    return sorted(profiles, key=lambda profile: (-profile.persons, profile.id))


def mark_columns(policy: Policy, keys: Sequence[tuple[int, ...]]) -> dict[str, Codes]:
    """Return the marks from many packed keys, one column per condition."""
    packed = np.array(keys, np.int64).reshape(len(keys), len(key_columns(policy)))
    return {
        condition: (packed[:, i // PACK] >> 2 * (i % PACK) & 3).astype(np.uint8)
        for i, condition in enumerate(policy.conditions)
    }


def profile_ids(marks: Mapping[str, Codes], size: int) -> list[str]:
    """Return stable ids of distinct vectors: "p" and a hash of the conditions and their marks, in order."""
    lines = [
        pa.array([f"{condition}={word}" for word in WORDS], pa.string()).take(pa.array(codes))
        for condition, codes in marks.items()
    ]
    texts = pc.binary_join_element_wise(*lines, "\n").to_pylist() if lines else [""] * size
    hashes = [sha256(text.encode()).hexdigest() for text in texts]
    for length in ID_LENGTHS:
        ids = [f"p{digest[:length]}" for digest in hashes]
        if len(set(ids)) == len(ids):
            return ids
    raise EngineError("two profiles have the same hash")
