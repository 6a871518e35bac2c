"""Accounts in the store: added, listed, disabled, given passwords."""

import re
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from pipeline.store.database import Store
from pipeline.store.tables import accounts, sessions
from review.visitor import Role
from schemas.errors import UsageError

SHORTEST_PASSWORD = 12
_LONGEST_PASSWORD = 1_000
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")

# The library's own choice: the second recommendation of RFC 9106 (64 MiB, 3 passes).
_hasher = PasswordHasher()

# A hash takes 64 MiB: however many want to log in, no more than so many are looked at.
_AT_ONCE = threading.BoundedSemaphore(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person who may use the review. `identity` is who they are where they log in, if that is not here."""

    name: str
    role: Role
    identity: str | None
    disabled: bool
    has_password: bool
    made: str


def plain_name(name: str) -> str:
    """A name as it is kept. Raises UsageError when it is none."""
    plain = name.strip().casefold()
    if not _NAME.fullmatch(plain):
        message = f"“{name.strip()[:80]}” cannot be the name of an account."
        raise UsageError(message, advice="Use up to 64 letters, digits and . _ - @.")
    return plain


def add_account(store: Store, name: str, role: Role, *, password: str = "", identity: str | None = None) -> Account:
    """Add an account with a password, or with an identity at the provider that people log in at.

    Raises UsageError when the name is taken or not possible, or the password is too weak.
    """
    plain = plain_name(name)
    if not password and not identity:
        raise UsageError("An account needs a password, or an identity to log in with elsewhere.")
    row = {
        "name": plain,
        "role": role,
        "password": hashed(plain, password) if password else "",
        "identity": identity,
        "disabled": False,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    with store.writing() as connection:
        if find_account(connection, plain):
            raise UsageError(f"There is an account {plain} already.", advice="Choose another name.")
        if identity and find_identity(connection, identity):
            raise UsageError(f"Another account has the identity {identity} already.")
        connection.execute(insert(accounts).values(row))
        return _known(connection, plain)


def all_accounts(connection: Connection) -> list[Account]:
    """All accounts, by name."""
    return sorted(map(_account, connection.execute(select(accounts)).mappings()), key=lambda account: account.name)


def any_account(connection: Connection) -> bool:
    """Whether there are accounts at all: then everybody has to log in."""
    return connection.scalar(select(accounts.c.name).limit(1)) is not None


def find_account(connection: Connection, name: str) -> Account | None:
    """The account of this name."""
    row = connection.execute(select(accounts).where(accounts.c.name == name)).mappings().one_or_none()
    return _account(row) if row else None


def find_identity(connection: Connection, identity: str) -> Account | None:
    """The account with this identity at the provider."""
    row = connection.execute(select(accounts).where(accounts.c.identity == identity)).mappings().one_or_none()
    return _account(row) if row else None


def check_password(connection: Connection, name: str, password: str) -> Account | None:
    """The account, if it has this password and is not disabled. It takes as long when there is no such account."""
    query = select(accounts).where(accounts.c.name == name.strip().casefold(), accounts.c.password != "")
    row = connection.execute(query).mappings().one_or_none()
    right = _verifies(row["password"] if row else _nobody(), password)
    return _account(row) if row and right and not row["disabled"] else None


def set_password(store: Store, name: str, password: str) -> None:
    """Give an account another password, and log it out everywhere. Raises UsageError when it is too weak or nobody is named so."""
    new = hashed(name, password)
    with store.writing() as connection:
        _known(connection, name)
        connection.execute(update(accounts).where(accounts.c.name == name).values(password=new))
        connection.execute(delete(sessions).where(sessions.c.account == name))


def set_disabled(store: Store, name: str, *, disabled: bool) -> None:
    """Disable an account, which logs it out everywhere, or enable it again. The last administrator cannot be disabled.

    Raises UsageError for one that does not exist.
    """
    with store.writing() as connection:
        account = _known(connection, name)
        if disabled:
            _refuse_last(connection, account)
            connection.execute(delete(sessions).where(sessions.c.account == name))
        connection.execute(update(accounts).where(accounts.c.name == name).values(disabled=disabled))


def set_role(store: Store, name: str, role: Role) -> None:
    """Give an account another role. The last administrator stays one. Raises UsageError for an account that does not exist."""
    with store.writing() as connection:
        account = _known(connection, name)
        if role != "administrator":
            _refuse_last(connection, account)
        connection.execute(update(accounts).where(accounts.c.name == name).values(role=role))


def hashed(name: str, password: str) -> str:
    """The hash of a password. Raises UsageError when it is too weak."""
    if not SHORTEST_PASSWORD <= len(password) <= _LONGEST_PASSWORD:
        advice = "Three or four words that have nothing to do with each other are easy to remember and hard to guess."
        raise UsageError(f"A password has at least {SHORTEST_PASSWORD} characters.", advice=advice)
    if password.casefold() in (name, name * 2, name[::-1]) or len(set(password)) < 5:
        raise UsageError("This password is too easy to guess.", advice="Choose another.")
    return _hasher.hash(password)


def _verifies(known: str, password: str) -> bool:
    try:
        with _AT_ONCE:
            return len(password) <= _LONGEST_PASSWORD and _hasher.verify(known, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    """A hash for names that do not exist, so that they take as long as those that do."""
    return _hasher.hash("nobody has this password")


def _refuse_last(connection: Connection, account: Account) -> None:
    left = [a for a in all_accounts(connection) if a.role == "administrator" and not a.disabled]
    if [a.name for a in left] == [account.name]:
        raise UsageError(f"{account.name} is the last administrator.", advice="Make somebody else one first.")


def _known(connection: Connection, name: str) -> Account:
    account = find_account(connection, name)
    if account is None:
        raise UsageError(f"There is no account {name}.", advice="`crossfoot user list` shows them.")
    return account


def _account(row: RowMapping) -> Account:
    return Account(
        name=row["name"],
        role=row["role"],
        identity=row["identity"],
        disabled=row["disabled"],
        has_password=bool(row["password"]),
        made=row["made"],
    )
