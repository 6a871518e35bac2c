"""`crossfoot user` and the start of `crossfoot review`: what is refused, and what a proxy may say."""

import io
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import select

from pipeline.store.database import Store
from pipeline.store.tables import failed_logins
from review import cli
from review.accounts import people
from tests.review.accounts.conftest import PASSWORD

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a command over a store that may not be there yet: exit code, standard output, standard error."""
    monkeypatch.setenv("CROSSFOOT_STORE", str(tmp_path / "store"))
    monkeypatch.setattr("uvicorn.run", lambda *_a, **_k: pytest.fail("it started"))

    def command(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["crossfoot", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return command


def add(run: Run, name: str, role: str, *more: str, typed: str = PASSWORD) -> tuple[int, str, str]:
    return run("user", "add", name, "--role", role, "--password-stdin", *more, typed=f"{typed}\n")


def test_accounts_are_added_listed_changed_and_disabled(run: Run) -> None:
    assert add(run, "Root", "administrator")[:2] == (0, "root may log in, as administrator.\n")
    assert add(run, "ann", "viewer")[0] == 0
    assert run("user", "add", "bob", "--role", "auditor", "--identity", "bob@council.example")[0] == 0
    assert run("user", "role", "ann", "auditor")[:2] == (0, "ann is auditor.\n")
    assert run("user", "disable", "bob")[:2] == (0, "bob is disabled.\n")
    assert run("user", "password", "ann", "--password-stdin", typed="another pass phrase\n")[0] == 0
    _, out, _ = run("user", "list")
    assert all(word in out for word in ("root", "administrator", "bob@council.example", "disabled"))
    assert "argon2" not in out
    assert run("user", "disable", "--undo", "bob")[:2] == (0, "bob is active.\n")


@pytest.mark.parametrize(
    ("arguments", "typed", "words"),
    [
        (("add", "ann", "--role", "viewer", "--password-stdin"), "short\n", "at least 12"),
        (("add", "ann", "--role", "viewer", "--password-stdin"), "", "needs a password"),
        (("add", "ann", "--role", "emperor", "--password-stdin"), f"{PASSWORD}\n", "emperor"),
        (("add", "a b", "--role", "viewer", "--password-stdin"), f"{PASSWORD}\n", "cannot be the name"),
        (("add", "root", "--role", "viewer", "--password-stdin"), f"{PASSWORD}\n", "already"),
        (("add", "ann", "--role", "viewer"), "", "no terminal"),
        (("disable", "root"), "", "last administrator"),
        (("role", "root", "viewer"), "", "last administrator"),
        (("disable", "nobody"), "", "no account nobody"),
        (("password", "nobody", "--password-stdin"), f"{PASSWORD}\n", "no account nobody"),
    ],
)
def test_what_cannot_be_is_refused(arguments: tuple[str, ...], typed: str, words: str, run: Run) -> None:
    add(run, "root", "administrator")
    code, _, err = run("user", *arguments, typed=typed)
    assert (code, words in err, "Traceback" in err) == (2, True, False)


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--host", "0.0.0.0"), "no accounts"),
        (("--host", "0.0.0.0", "--name", "review.example"), "no accounts"),
        (("--behind-proxy", "127.0.0.1"), "no accounts"),
        (("--certificate", "cert.pem"), "go together"),
        (("--certificate", "cert.pem", "--key", "key.pem"), "no file cert.pem"),
        (("--oidc", "none.toml"), "cannot be read"),
    ],
)
def test_the_review_refuses_to_start_open_to_all(arguments: tuple[str, ...], words: str, run: Run) -> None:
    code, _, err = run("review", *arguments)
    assert (code, words in err) == (2, True)


@contextmanager
def listening(folder: Path, *arguments: str) -> Iterator[str]:
    """The command as people start it, in a process of its own; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    start = [
        sys.executable,
        "-c",
        "from review.cli import main; main()",
        "review",
        "--store",
        str(folder),
        "--port",
        port,
    ]
    process = subprocess.Popen([*start, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                httpx2.get(f"{address}/login", trust_env=False)
                break
            except httpx2.TransportError:
                assert process.poll() is None, process.communicate()
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=30)


FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9", "Host": "review.example"}


@pytest.mark.parametrize(
    ("proxy", "secure", "counted"),
    [(None, False, "127.0.0.1"), ("127.0.0.1", True, "203.0.113.9"), ("192.0.2.1", False, "127.0.0.1")],
)
def test_forwarded_headers_are_believed_of_the_proxy_alone(
    proxy: str | None, secure: bool, counted: str, store: Store, tmp_path: Path
) -> None:
    people.add_account(store, "root", "administrator", password=PASSWORD)
    more = ("--behind-proxy", proxy) if proxy else ()
    with listening(tmp_path / "store", "--name", "review.example", *more) as address:
        cookie = httpx2.get(f"{address}/login", headers=FORWARDED, trust_env=False).headers["set-cookie"]
        form = cookie.partition("=")[2].partition(";")[0]
        headers = FORWARDED | {"Cookie": f"crossfoot-login={form}"}
        data = {"name": "root", "password": "wrong", "form": form}
        answer = httpx2.post(f"{address}/login", headers=headers, data=data, trust_env=False)
    with store.reading() as connection:
        noted = set(connection.scalars(select(failed_logins.c.key)))
    assert ("Secure" in cookie, answer.status_code) == (secure, 401)
    assert noted == {"account root", f"address {counted}"}


def test_every_user_command_is_described(run: Run) -> None:
    listed = run("user", "--help")[1]
    for name in ("add", "list", "disable", "role", "password"):
        assert name in listed
        assert "--store" in run("user", name, "--help")[1]
