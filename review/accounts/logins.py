"""Who is logged in, kept in the store so that logging out everywhere works; and log-ins that failed, so that nobody can guess on and on."""

import hashlib
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from pipeline.store.database import Store
from pipeline.store.rows import compact
from pipeline.store.tables import accounts, failed_logins, sessions
from review.accounts.people import Account, find_account

# Seconds. A session ends when it was not used for so long, or when it is so old; one that only waits for another place's answer, soon.
IDLE = 12 * 3600.0
OLDEST = 7 * 24 * 3600.0
UNDER_WAY = 600.0
# A page seen is noted at most so often: a note is a write.
_NOTED_EVERY = 300.0

# Within so many seconds, so many failures are borne.
WINDOW = 900.0
_BORNE = {"account": 10, "address": 30}


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Somebody who is logged in. `token` is what their forms must carry, `key` names the session without giving it away."""

    key: str
    token: str
    account: Account
    browser: str
    began: float
    seen: float


def log_in(store: Store, name: str, browser: str) -> str:
    """Log an account in; what the cookie is to hold."""
    secret = secrets.token_urlsafe(32)
    now = time.time()
    with store.writing() as connection:
        _forget_old(connection, now)
        row = {"account": name, "token": secrets.token_urlsafe(32), "browser": browser[:200], "began": now, "seen": now}
        connection.execute(insert(sessions).values(row | {"key": _key(secret)}))
        connection.execute(delete(failed_logins).where(failed_logins.c.key == f"account {name}"))
    return secret


def session_of(store: Store, secret: str) -> Session | None:
    """Who is logged in with this cookie, if the session is still good and the account not disabled."""
    key, now = _key(secret), time.time()
    with store.reading() as connection:
        found = _session(connection, key)
    if found is None or found.account.disabled or now - found.seen > IDLE or now - found.began > OLDEST:
        return None
    if now - found.seen > _NOTED_EVERY:
        with store.writing() as connection:
            connection.execute(update(sessions).where(sessions.c.key == key).values(seen=now))
    return found


def sessions_of(connection: Connection, name: str) -> list[Session]:
    """Where an account is logged in, the last seen first."""
    query = select(sessions.c.key).where(sessions.c.account == name).order_by(sessions.c.seen.desc())
    found = [_session(connection, key) for key in connection.scalars(query).all()]
    return [one for one in found if one is not None]


def log_out(store: Store, key: str) -> None:
    """End one session."""
    with store.writing() as connection:
        connection.execute(delete(sessions).where(sessions.c.key == key))


def log_out_everywhere(store: Store, name: str) -> None:
    """End all sessions of an account."""
    with store.writing() as connection:
        connection.execute(delete(sessions).where(sessions.c.account == name))


def begin_elsewhere(store: Store, content: Mapping[str, Any]) -> str:
    """Remember a log-in that goes on at another place; what the cookie is to hold."""
    secret, now = secrets.token_urlsafe(32), time.time()
    with store.writing() as connection:
        _forget_old(connection, now)
        row = {"key": _key(secret), "account": None, "content": compact(dict(content)), "began": now, "seen": now}
        connection.execute(insert(sessions).values(row))
    return secret


def end_elsewhere(store: Store, secret: str) -> dict[str, Any]:
    """What was remembered of a log-in at another place; it is forgotten, so that it cannot be used twice. Empty when there is none."""
    key = sessions.c.key == _key(secret)
    with store.writing() as connection:
        row = connection.execute(
            select(sessions.c.content, sessions.c.began).where(key, sessions.c.account.is_(None))
        ).one_or_none()
        connection.execute(delete(sessions).where(key, sessions.c.account.is_(None)))
    return dict(json.loads(row.content)) if row and time.time() - row.began <= UNDER_WAY else {}


def seconds_to_wait(connection: Connection, name: str, address: str) -> int:
    """How long this account, or this address, has to wait until a log-in is looked at again; 0 when it need not."""
    now, waits = time.time(), [0.0]
    for kind, who in (("account", name), ("address", address)):
        recent = (failed_logins.c.key == f"{kind} {who}", failed_logins.c.at > now - WINDOW)
        times = sorted(connection.scalars(select(failed_logins.c.at).where(*recent)))
        if len(times) >= _BORNE[kind]:
            waits.append(times[-_BORNE[kind]] + WINDOW - now)
    return max(0, round(max(waits) + 0.5)) if max(waits) > 0 else 0


def note_failure(store: Store, name: str, address: str) -> None:
    """Remember a log-in that failed."""
    now = time.time()
    with store.writing() as connection:
        connection.execute(delete(failed_logins).where(failed_logins.c.at < now - WINDOW))
        rows = [{"key": key, "at": now} for key in (f"account {name}", f"address {address}")]
        connection.execute(insert(failed_logins), rows)


def how_many(connection: Connection, name: str) -> int:
    """In how many places an account is logged in."""
    query = select(func.count()).select_from(sessions).where(sessions.c.account == name)
    return connection.execute(query).scalar_one()


def _forget_old(connection: Connection, now: float) -> None:
    old = (sessions.c.seen < now - IDLE) | (sessions.c.began < now - OLDEST)
    waiting = sessions.c.account.is_(None) & (sessions.c.began < now - UNDER_WAY)
    connection.execute(delete(sessions).where(old | waiting))


def _session(connection: Connection, key: str) -> Session | None:
    query = select(sessions).join(accounts, accounts.c.name == sessions.c.account).where(sessions.c.key == key)
    row = connection.execute(query).mappings().one_or_none()
    account = find_account(connection, row["account"]) if row else None
    if row is None or account is None:
        return None
    return Session(
        key=key, token=row["token"], account=account, browser=row["browser"], began=row["began"], seen=row["seen"]
    )


def _key(secret: str) -> str:
    """What is kept of a cookie: who reads the store cannot log in with it."""
    return hashlib.sha256(secret.encode()).hexdigest()
