"""Who is asking: what the pages need to know of a person. Accounts decide it; without accounts it is the user of this machine."""

import getpass
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from fastapi import Request

Role = Literal["viewer", "auditor", "administrator"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A person: the name that decisions are recorded under, and the token that every form of theirs must carry ("" if none)."""

    name: str
    role: Role
    token: str = ""

    @property
    def may_decide(self) -> bool:
        """Whether this person may decide anything."""
        return self.role != "viewer"


VisitorOf = Callable[[Request], Visitor]


def local_visitor(_request: Request) -> Visitor:
    """Whoever sits at this machine."""
    return Visitor(name=getpass.getuser(), role="auditor")
