"""`crossfoot review`: serve the web application."""

import sys
from dataclasses import dataclass
from pathlib import Path

from pipeline.commands.common import opened_store
from pipeline.ranking import is_ranked, rank
from schemas.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """Where and how the application is served. `names` are those that people reach it by, besides its address."""

    host: str
    port: int
    names: tuple[str, ...] = ()
    behind_proxy: str | None = None
    certificate: str | None = None
    key: str | None = None


def review_command(
    location: str, blobs: str | None, serving: Serving, *, password: str | None, oidc: str | None
) -> None:
    """Serve the application until it is stopped. Raises UsageError where it would be open to everybody."""
    import uvicorn

    from review.accounts.access import access_of, is_loopback
    from review.accounts.elsewhere import read_provider
    from review.app import create_app

    provider = read_provider(Path(oidc)) if oidc else None
    https = _https(serving)
    with opened_store(location, blobs) as store:
        access = access_of(store, serving.host, hosts=serving.names, behind_proxy=serving.behind_proxy is not None)
        with store.reading() as connection:
            ready = is_ranked(connection)
        if not ready:
            rank(store)
        if not https and not serving.behind_proxy and not is_loopback(serving.host):
            print("Passwords and pages go over the network unencrypted: use --certificate and --key.", file=sys.stderr)
        scheme = "https" if https else "http"
        print(f"Crossfoot is at {scheme}://{serving.host}:{serving.port}/ (stop it with Ctrl-C).", flush=True)
        uvicorn.run(
            create_app(store, access=access, provider=provider, password=password),
            host=serving.host,
            port=serving.port,
            log_level="warning",
            server_header=False,
            # Anybody can send forwarded headers: those of the proxy alone are believed, and only when there is one.
            proxy_headers=serving.behind_proxy is not None,
            forwarded_allow_ips=serving.behind_proxy or "",
            ssl_certfile=serving.certificate,
            ssl_keyfile=serving.key,
        )


def _https(serving: Serving) -> bool:
    if bool(serving.certificate) != bool(serving.key):
        raise UsageError("A certificate and its key go together.", advice="Give both --certificate and --key.")
    for path in (serving.certificate, serving.key):
        if path and not Path(path).is_file():
            raise UsageError(f"There is no file {path}.")
    return bool(serving.certificate)
