"""A policy as JSON and back, equal to the letter: what has been compiled once need not be compiled again.

Only texts, numbers, days and the dataclasses named here come out of it; nothing that a file says is executed.
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
    """The value as one line of JSON.

    >>> unpack(pack((date(2013, 5, 1), {"a": None}))) == (date(2013, 5, 1), {"a": None})
    True
    """
    return json.dumps(_told(value), ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> Any:
    """What was packed. Raises ValueError where the text is not what `pack` writes."""
    try:
        return _made(json.loads(text))
    except (KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a packed policy: {error}") from error


def _told(value: Any) -> Any:
    if isinstance(value, Enum):
        return [_name(value), value.value]
    if value is None or isinstance(value, bool | int | str):
        return value
    if type(value) is date:
        return [_DAY, value.toordinal()]
    if type(value) is tuple:
        return [_TUPLE, *map(_told, value)]
    if type(value) is dict and all(type(key) is str for key in value):
        return {key: _told(one) for key, one in value.items()}
    if is_dataclass(value):
        return [_name(value), *(_told(getattr(value, field.name)) for field in fields(value))]
    raise TypeError(f"{type(value).__name__} is no part of a policy")


def _name(value: Any) -> str:
    name = type(value).__name__
    if _NAMED.get(name) is not type(value):
        raise TypeError(f"{name} is no part of a policy")
    return name


def _made(told: Any) -> Any:
    if type(told) is list:
        name, *parts = told
        if name == _TUPLE:
            return tuple(map(_made, parts))
        return date.fromordinal(*parts) if name == _DAY else _NAMED[name](*map(_made, parts))
    if type(told) is dict:
        return {key: _made(one) for key, one in told.items()}
    return told
