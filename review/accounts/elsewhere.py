"""Logging in at another place: OpenID Connect (code flow with PKCE, state and nonce) by Authlib, set up by a small file.

An identity is the value of one claim (`sub` by default). It opens the account that an administrator gave it to; nobody gets one by themselves.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from fastapi import Request
from httpx2 import HTTPError
from joserfc.errors import JoseError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.responses import Response

from schemas.errors import CrossfootError, UsageError

# What an answer that is not as it must be, or none, ends in.
_TROUBLE = (AuthlibBaseError, JoseError, HTTPError, RuntimeError, ValueError)


class Provider(BaseModel):
    """Where people log in. `issuer` is the provider's address; the secret is in the file `client_secret_file`, read at the start."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    issuer: str = Field(pattern=r"^https?://[^\s]+$")
    client_id: str = Field(min_length=1)
    client_secret_file: Path
    claim: str = "sub"
    label: str = "Log in with your organisation"
    scope: str = "openid email profile"

    @property
    def client_secret(self) -> str:
        """The secret that the provider knows us by."""
        return self.client_secret_file.read_text(encoding="utf-8").strip()


class NotLetInError(CrossfootError):
    """The other place says who it is, but not in a way, or nobody, that is let in here."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A provider with the client that talks to it."""

    provider: Provider
    client: Any  # Authlib has no types

    @classmethod
    def of(cls, provider: Provider) -> "Elsewhere":
        """The client for a provider; it is asked for its addresses when it is first needed."""
        client = OAuth().register(
            "elsewhere",
            client_id=provider.client_id,
            client_secret=provider.client_secret,
            server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={"scope": provider.scope, "code_challenge_method": "S256"},
        )
        return cls(provider, client)

    async def leave(self, request: Request, back: str) -> tuple[Response, Mapping[str, Any]]:
        """The way to the provider, and what to remember until somebody comes back to the address `back`."""
        remembered: dict[str, Any] = {}
        request.scope["session"] = remembered
        try:
            response: Response = await self.client.authorize_redirect(request, back)
        except _TROUBLE as error:
            raise _failed(error) from None
        return response, remembered

    async def come_back(self, request: Request, remembered: dict[str, Any]) -> str:
        """The identity of who comes back. Raises NotLetInError when anything about the answer is not as it must be."""
        request.scope["session"] = remembered
        try:
            answer = await self.client.authorize_access_token(request)
        except _TROUBLE as error:
            raise _failed(error) from None
        claims = answer.get("userinfo") or {}
        identity = claims.get(self.provider.claim)
        if not isinstance(identity, str) or not identity:
            raise NotLetInError(f"The provider did not say who you are (`{self.provider.claim}`).")
        if self.provider.claim == "email" and claims.get("email_verified") is not True:
            raise NotLetInError("The provider has not verified this e-mail address.")
        return identity


def read_provider(path: Path) -> Provider:
    """The provider that a TOML file describes. Raises UsageError when it does not."""
    advice = "It holds issuer, client_id, client_secret_file, and if need be claim, label and scope."
    try:
        loaded = tomllib.loads(path.read_text(encoding="utf-8"))
        provider = Provider.model_validate(loaded)
        provider = provider.model_copy(update={"client_secret_file": path.parent / provider.client_secret_file})
        if not provider.client_secret:
            raise ValueError(f"{provider.client_secret_file} is empty")
    except OSError as error:
        raise UsageError(f"{error.filename} cannot be read: {error.strerror}.", advice=advice) from None
    except ValidationError as error:
        first = error.errors()[0]
        message = f"{path} describes no provider: {'.'.join(map(str, first['loc']))}: {first['msg']}."
        raise UsageError(message, advice=advice) from None
    except ValueError as error:
        raise UsageError(f"{path} describes no provider: {error}.", advice=advice) from None
    return provider


def _failed(error: Exception) -> NotLetInError:
    reason = getattr(error, "description", "") or getattr(error, "error", "") or type(error).__name__
    return NotLetInError(f"Logging in elsewhere did not work ({reason}).", advice="Try again.")
