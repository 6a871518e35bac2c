"""The command `crossfoot` as it is installed: the command line of the pipeline, and the web application beside it.

The pipeline may not import what stands above it, so the command is completed here.
"""

from typing import Annotated, Literal

import typer

from pipeline import cli
from pipeline.cli import DEFAULT_STORE, Blobs, Store

Role = Literal["viewer", "auditor", "administrator"]


@cli.app.command()
def review(
    store: Store = DEFAULT_STORE,
    blobs: Blobs = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = 8765,
    password: Annotated[str | None, typer.Option(help="Opens documents that are protected.")] = None,
    name: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="A name that people reach it by; may be given again.")
    ] = None,
    behind_proxy: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Believe the forwarded headers of the proxy at this address.")
    ] = None,
    certificate: Annotated[str | None, typer.Option(metavar="FILE", help="Serve https with this certificate.")] = None,
    key: Annotated[str | None, typer.Option(metavar="FILE", help="The certificate's key.")] = None,
    oidc: Annotated[
        str | None, typer.Option(metavar="FILE", help="Another place to log in at, by OpenID Connect, as TOML.")
    ] = None,
) -> None:
    """Decide on doubtful figures in the browser, each beside its original."""
    from review.command import Serving, review_command

    serving = Serving(
        host=host, port=port, names=tuple(name or ()), behind_proxy=behind_proxy, certificate=certificate, key=key
    )
    review_command(store, blobs, serving, password=password, oidc=oidc)


user = typer.Typer(no_args_is_help=True, help="Accounts of the people who use the review.")
cli.app.add_typer(user, name="user")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name to log in with.")]
FromInput = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]


@user.command()
def add(
    name: Name,
    role: Annotated[Role, typer.Option(help="viewer: looks; auditor: decides; administrator: looks after accounts.")],
    store: Store = DEFAULT_STORE,
    blobs: Blobs = None,
    identity: Annotated[
        str | None, typer.Option(help="Who they are at the provider of --oidc; no password is needed then.")
    ] = None,
    password_stdin: FromInput = False,
) -> None:
    """Add an account; the password is asked for."""
    from review.accounts.commands import add_command

    add_command(store, blobs, name, role, identity=identity, from_input=password_stdin)


@user.command("list")
def list_(store: Store = DEFAULT_STORE, blobs: Blobs = None) -> None:
    """All accounts."""
    from review.accounts.commands import list_command

    list_command(store, blobs)


@user.command()
def disable(
    name: Name,
    store: Store = DEFAULT_STORE,
    blobs: Blobs = None,
    undo: Annotated[bool, typer.Option("--undo", help="Enable it again.")] = False,
) -> None:
    """Disable an account and log it out everywhere; its decisions stay."""
    from review.accounts.commands import disable_command

    disable_command(store, blobs, name, disabled=not undo)


@user.command("role")
def role_(
    name: Name,
    role: Annotated[Role, typer.Argument(help="The new role.")],
    store: Store = DEFAULT_STORE,
    blobs: Blobs = None,
) -> None:
    """Give an account another role."""
    from review.accounts.commands import role_command

    role_command(store, blobs, name, role)


@user.command("password")
def password_(name: Name, store: Store = DEFAULT_STORE, blobs: Blobs = None, password_stdin: FromInput = False) -> None:
    """Give an account another password and log it out everywhere."""
    from review.accounts.commands import password_command

    password_command(store, blobs, name, from_input=password_stdin)


def main() -> None:
    """Run a command; an error is one line with advice, and an exit code."""
    cli.main()
