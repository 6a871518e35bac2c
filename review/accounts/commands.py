"""`crossfoot user`: accounts from the command line. Whoever may write to the store may do this."""

import getpass
import sys

from rich.table import Table
from rich.text import Text

from pipeline.commands.common import console, opened_store
from review.accounts import people
from review.visitor import Role
from schemas.errors import UsageError


def add_command(
    location: str, blobs: str | None, name: str, role: Role, *, identity: str | None, from_input: bool
) -> None:
    """Add an account, to a store that is made if it is not there."""
    people.plain_name(name)
    password = "" if identity and not from_input else _asked(from_input=from_input)
    with opened_store(location, blobs, create=True) as store:
        account = people.add_account(store, name, role, password=password, identity=identity)
    print(f"{account.name} may log in, as {account.role}.")


def list_command(location: str, blobs: str | None) -> None:
    """Print all accounts."""
    with opened_store(location, blobs) as store, store.reading() as connection:
        found = people.all_accounts(connection)
    table = Table()
    for heading in ("name", "role", "logs in", "state", "made"):
        table.add_column(heading, overflow="fold")
    for one in found:
        where = " and ".join((["here"] if one.has_password else []) + ([one.identity] if one.identity else []))
        table.add_row(*map(Text, (one.name, one.role, where, "disabled" if one.disabled else "active", one.made)))
    if found:
        console().print(table)
    else:
        print("There are no accounts: `crossfoot review` lets in whoever sits at this machine.")


def disable_command(location: str, blobs: str | None, name: str, *, disabled: bool) -> None:
    """Disable an account, or enable it again."""
    plain = people.plain_name(name)
    with opened_store(location, blobs) as store:
        people.set_disabled(store, plain, disabled=disabled)
    print(f"{plain} is {'disabled' if disabled else 'active'}.")


def role_command(location: str, blobs: str | None, name: str, role: Role) -> None:
    """Give an account another role."""
    plain = people.plain_name(name)
    with opened_store(location, blobs) as store:
        people.set_role(store, plain, role)
    print(f"{plain} is {role}.")


def password_command(location: str, blobs: str | None, name: str, *, from_input: bool) -> None:
    """Give an account another password."""
    plain = people.plain_name(name)
    password = _asked(from_input=from_input)
    with opened_store(location, blobs) as store:
        people.set_password(store, plain, password)
    print(f"{plain} has a new password and is logged out everywhere.")


def _asked(*, from_input: bool) -> str:
    """The password: a line of standard input, or asked for twice at the terminal."""
    if from_input:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise UsageError("There is no terminal to ask for the password at.", advice="Use --password-stdin.")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != password:
        raise UsageError("The passwords differ.", advice="Try again.")
    return password
