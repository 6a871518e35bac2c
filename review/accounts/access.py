"""Who may reach the application, from where and under which names: settled before it starts, and refused if it would be open to all."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.store.database import Store
from review.accounts.people import any_account
from schemas.errors import UsageError

_LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """`local`: without accounts, whoever sits at this machine is let in. `hosts` are the names that the application answers to."""

    local: bool = True
    hosts: tuple[str, ...] = field(default=_LOOPBACK_NAMES)


def access_of(store: Store, host: str, *, hosts: Sequence[str] = (), behind_proxy: bool = False) -> Access:
    """The access to an application that listens on `host` and is also known as `hosts`.

    Raises UsageError where others can reach it (from another address, or through a proxy) and there are no accounts.
    """
    local = is_loopback(host) and not behind_proxy
    with store.reading() as connection:
        accounts = any_account(connection)
    if not local and not accounts:
        where = "Through the proxy" if behind_proxy else f"At {host}"
        message = f"{where} others can reach the review, and there are no accounts: anybody could decide."
        raise UsageError(message, advice="`crossfoot user add NAME --role administrator` makes the first.")
    named = () if host in ("0.0.0.0", "::", "") else (f"[{host}]" if ":" in host else host,)
    if not local and not named and not hosts:
        message = f"At {host} the review answers to every address of this machine, but to which names?"
        raise UsageError(message, advice="Add --name NAME, as in the address that people will use.")
    return Access(local=local, hosts=tuple(dict.fromkeys((*_LOOPBACK_NAMES, *named, *hosts))))


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
