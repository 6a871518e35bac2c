"""Put the accounts into the application: their pages, the gate before every route, and the names that it answers to."""

from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware

from pipeline.store.database import Store
from review.accounts import pages
from review.accounts.access import Access
from review.accounts.elsewhere import Elsewhere, Provider
from review.accounts.guard import Gate


def install_accounts(app: FastAPI, store: Store, access: Access, provider: Provider | None) -> None:
    """Guard an application. Middleware that is added later stands before the gate and sees refusals too."""
    app.state.access = access
    app.state.elsewhere = Elsewhere.of(provider) if provider else None
    app.include_router(pages.router)
    app.add_middleware(Gate, store=store, access=access)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(access.hosts), www_redirect=False)
