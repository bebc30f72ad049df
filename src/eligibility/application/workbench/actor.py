"""Who acts: an officer with the roles and bodies that were granted, and what these let him do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.policy import Policy
from eligibility.review import person_key, plain_name

HEAD = "head"
"""May see how far the review is in every place, and take the figures away."""
OPERATOR = "operator"
"""May have the answers applied by a new batch, and publish it."""
OFFICE_ROLES = {
    HEAD: Bilingual("负责人", "head of the office"),
    OPERATOR: Bilingual("重新判定操作员", "operator of batches"),
}
"""Roles beside those of the rulebook: they answer and sign nothing."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What was granted: a role (of `stages.yaml`, of OFFICE_ROLES, "" none), a body (code, "" none), a street or community ("" all)."""

    role: str = ""
    body: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """An officer at work: his name as the record has it, his grants, the time, and by which way he acts."""

    name: str
    grants: tuple[Grant, ...]
    at: datetime
    channel: str = "web"

    def sees(self, places: Iterable[str]) -> bool:
        """Whether anything in one of these streets or communities is his to see; what is nowhere concerns everyone."""
        return _within(self.grants, places)

    def bodies(self, places: Iterable[str]) -> frozenset[str]:
        """Codes of the bodies for which he answers there."""
        places = list(places)
        return frozenset(one.body for one in self.grants if one.body and _within([one], places))

    def has(self, role: str, places: Iterable[str] = ()) -> bool:
        """Whether he has the role there."""
        return _within([one for one in self.grants if one.role == role], places)

    @property
    def roles(self) -> frozenset[str]:
        """Codes of his roles."""
        return frozenset(one.role for one in self.grants if one.role)


def _within(grants: Iterable[Grant], places: Iterable[str]) -> bool:
    wanted = set(places)
    return any(not one.place or not wanted or one.place in wanted for one in grants)


def officer_name(name: str) -> tuple[str, str]:
    """A name as the record has it, and what is the same for every way to write it.

    Raises:
        InputError: it is blank, or holds what no name holds.

    """
    plain = plain_name(name, "NAME")
    return plain, person_key(plain)


def stage_roles(policy: Policy) -> dict[str, tuple[str, str, str]]:
    """The roles that sign, by code: stage, body and title."""
    return {
        code: (stage.id, part.body, title)
        for stage in policy.stages.values()
        for part in stage.signatures
        for code, title in part.roles.items()
    }


def grant_of(text: str, policy: Policy) -> Grant:
    """A grant as an administrator writes it: `street_officer`, `street_officer@龙城街道`, or `body:veterans`.

    A role of a stage answers for the body for which it signs.

    Raises:
        InputError: the rulebook has no such role or body.

    """
    name, _, place = text.strip().partition("@")
    roles = stage_roles(policy)
    if name in roles:
        return Grant(name, roles[name][1], place)
    if name in OFFICE_ROLES:
        return Grant(name, "", place)
    if name.startswith("body:") and name.removeprefix("body:") in policy.bodies:
        return Grant("", name.removeprefix("body:"), place)
    known = [*roles, *OFFICE_ROLES, *(f"body:{code}" for code in policy.bodies)]
    problem = Bilingual(f"没有职务或单位“{name}”", f"there is no role or body “{name}”")
    remedy = Bilingual(f"可用：{'、'.join(known)}", f"valid: {', '.join(known)}")
    raise InputError(Diagnostic("role_unknown", SourceLocation("--role"), problem, remedy))


def grant_title(grant: Grant, policy: Policy) -> Bilingual:
    """A grant in words."""
    roles = stage_roles(policy)
    if grant.role in roles:
        title = Bilingual(roles[grant.role][2], grant.role.replace("_", " "))
    elif grant.role in OFFICE_ROLES:
        title = OFFICE_ROLES[grant.role]
    else:
        title = Bilingual(policy.bodies.get(grant.body, grant.body), policy.english.bodies.get(grant.body, grant.body))
    return Bilingual(*(f"{word} · {grant.place}" if grant.place else word for word in title))


def refuse(code: str, problem: Bilingual, remedy: Bilingual) -> InputError:
    """An act that this actor may not do, or not now."""
    return InputError(Diagnostic(code, SourceLocation(""), problem, remedy))
