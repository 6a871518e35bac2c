"""Who is asking: what the pages need to know of a person. The gate of `accounts` finds it out before a page is made."""

from dataclasses import dataclass
from typing import Literal, get_args

from fastapi import Request

Role = Literal["viewer", "auditor", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Each may do what those before it may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A person: the name that decisions are recorded under, and the token that every form of theirs must carry.

    Who is not logged in has no name.
    """

    name: str
    role: Role
    token: str = ""

    @property
    def may_decide(self) -> bool:
        """Whether this person may decide anything."""
        return bool(self.name) and self.role != "viewer"

    @property
    def may_administrate(self) -> bool:
        """Whether this person looks after accounts and settings."""
        return self.role == "administrator"


NOBODY = Visitor(name="", role="viewer")


def visitor_of(request: Request) -> Visitor:
    """Who is asking."""
    found: Visitor | None = getattr(request.state, "visitor", None)
    return found or NOBODY
