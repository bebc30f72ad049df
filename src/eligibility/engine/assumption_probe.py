"""Shadow conditions that test whether a condition would be decided even if an assumed parameter had no value.

`not (public_staff_excluded and public_staff)` is proven for a farmer whatever the value of the parameter, and open for
an official. Each compound condition that names an assumed parameter gets a shadow condition in which that parameter has
no value; if the shadow condition is decided, the person's condition does not depend on the parameter.
"""

from __future__ import annotations

from dataclasses import replace

from eligibility.model.formula import with_value
from eligibility.model.policy import AllOf, AnyOf, Condition, Not, Policy, Readings, Status


def probe_name(condition: str, parameter: str) -> str:
    """Return the id of the shadow condition of `condition` in which `parameter` has no value."""
    return f"{condition}~{parameter}"


def with_probes(policy: Policy) -> Policy:
    """Return the policy with the shadow conditions added; no clause reads them."""
    probes = {
        probe_name(condition.id, parameter): _shadow_condition(condition, parameter)
        for condition in policy.conditions.values()
        for parameter in condition.parameters
        if policy.status(parameter) is Status.ASSUMED
        and isinstance(condition.expression, AllOf | AnyOf | Not | Readings)
    }
    return replace(policy, conditions=policy.conditions | probes)


def _shadow_condition(condition: Condition, parameter: str) -> Condition:
    name = probe_name(condition.id, parameter)
    return Condition(name, condition.title, with_value(condition.expression, parameter, None), condition.facts)
