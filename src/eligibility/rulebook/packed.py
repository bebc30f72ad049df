"""Serialises a policy as JSON and back without loss, for the cache of compiled rulebooks.

Deserialisation creates only texts, numbers, dates and the dataclasses listed in this module; it executes nothing.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from eligibility.domain import citation, formula, policy, stage
from eligibility.domain.mark import Mark
from eligibility.rulebook.regime import Regime

_SHAPES = (
    *(citation.Citation, Regime, stage.Signature, stage.Stage),
    *(formula.FactRef, formula.Constant, formula.Compare, formula.Within, formula.Holds, formula.Unknown),
    *(formula.Named, formula.Not, formula.AllOf, formula.AnyOf),
    *(policy.FactSpec, policy.Dated, policy.Parameter, policy.RestsOn, policy.Condition, policy.ReviewReason),
    *(policy.Clause, policy.Reason, policy.English, policy.FormerName, policy.Policy),
)
_WORDS = (citation.Status, policy.FactType, policy.Kind, Mark)
_NAMED: dict[str, type] = {shape.__name__: shape for shape in (*_SHAPES, *_WORDS)}
_TUPLE, _DAY = "()", "day"


def pack(value: Any) -> str:
    """Return the value as one line of JSON.

    >>> unpack(pack((date(2013, 5, 1), {"a": None}))) == (date(2013, 5, 1), {"a": None})
    True
    """
    return json.dumps(_encoded(value), ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> Any:
    """Return the packed value. Raises ValueError if the text was not written by `pack`."""
    try:
        return _decoded(json.loads(text))
    except (KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a packed policy: {error}") from error


def _encoded(value: Any) -> Any:
    if isinstance(value, Enum):
        return [_name(value), value.value]
    if value is None or isinstance(value, bool | int | str):
        return value
    if type(value) is date:
        return [_DAY, value.toordinal()]
    if type(value) is tuple:
        return [_TUPLE, *map(_encoded, value)]
    if type(value) is dict and all(type(key) is str for key in value):
        return {key: _encoded(item) for key, item in value.items()}
    if is_dataclass(value):
        return [_name(value), *(_encoded(getattr(value, field.name)) for field in fields(value))]
    raise TypeError(f"{type(value).__name__} is no part of a policy")


def _name(value: Any) -> str:
    name = type(value).__name__
    if _NAMED.get(name) is not type(value):
        raise TypeError(f"{name} is no part of a policy")
    return name


def _decoded(value: Any) -> Any:
    if type(value) is list:
        name, *parts = value
        if name == _TUPLE:
            return tuple(map(_decoded, parts))
        return date.fromordinal(*parts) if name == _DAY else _NAMED[name](*map(_decoded, parts))
    if type(value) is dict:
        return {key: _decoded(item) for key, item in value.items()}
    return value
