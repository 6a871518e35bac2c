"""Logging in and out: passwords, throttling, sessions, cookies, and accounts that are changed meanwhile."""

import time

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from pipeline.store.database import Store
from pipeline.store.tables import accounts, failed_logins, sessions
from review.accounts import logins, people
from review.accounts.access import access_of
from schemas.errors import UsageError
from tests.review.accounts.conftest import HOST, PASSWORD, SECURE, LogIn, attempt, hidden, token


def test_passwords_are_kept_as_argon2id_hashes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "_hasher", PasswordHasher())
    people.add_account(store, "ann", "auditor", password=PASSWORD)
    with store.reading() as connection:
        kept = connection.execute(select(accounts.c.password)).scalar_one()
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert PASSWORD not in kept


def test_a_log_in_leads_to_the_page_that_was_asked_for(log_in: LogIn) -> None:
    client = log_in()
    asked = client.get("/queue?measure=complaints").headers["location"]
    form = hidden(client.get(asked).text)
    answer = client.post("/login", data=form | {"name": "the-auditor", "password": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/queue?measure=complaints")
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/evil.example", ""]
)  # fmt: skip
def test_a_log_in_never_leads_to_another_site(elsewhere: str, log_in: LogIn) -> None:
    assert attempt(log_in(), "the-auditor", PASSWORD, next=elsewhere).headers["location"] == "/"
    signed_in = log_in("auditor").get("/login", params={"next": elsewhere})
    assert signed_in.headers["location"] == "/"


def test_names_that_do_not_exist_and_wrong_passwords_look_alike(log_in: LogIn, store: Store) -> None:
    people.set_disabled(store, "the-viewer", disabled=True)
    answers = [
        attempt(log_in(), name, word)
        for name, word in (("the-auditor", "wrong"), ("nobody", PASSWORD), ("the-viewer", PASSWORD), ("", ""))
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert all("Name or password is wrong." in answer.text for answer in answers)
    assert not any("crossfoot=" in answer.headers["set-cookie"] for answer in answers)


def test_a_name_that_does_not_exist_takes_as_much_work(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr(people, "_nobody", lambda: "of nobody")
    monkeypatch.setattr(people, "_verifies", lambda known, word: bool(looked.append(known)))
    people.add_account(store, "ann", "auditor", password=PASSWORD)
    with store.reading() as connection:
        assert people.check_password(connection, "nobody", PASSWORD) is None
        assert people.check_password(connection, "ann", "wrong") is None
    assert (looked[0], looked[1].startswith("$argon2id$")) == ("of nobody", True)


def test_a_hundred_wrong_passwords_are_not_looked_at(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    real = people.check_password

    def counted(connection, name, password):  # type: ignore[no-untyped-def]
        tried.append(password)
        return real(connection, name, password)

    monkeypatch.setattr(people, "check_password", counted)
    client = log_in()
    codes = [attempt(client, "the-auditor", f"wrong {number}").status_code for number in range(100)]
    assert codes == [401] * 10 + [429] * 90
    assert len(tried) == 10
    right = attempt(client, "The-Auditor ", PASSWORD)
    assert (right.status_code, "Try again in" in right.text) == (429, True)
    assert 0 < int(right.headers["retry-after"]) <= 900
    assert attempt(client, "the-viewer", PASSWORD).status_code == 303, "others are let in"


def test_one_address_cannot_try_one_name_after_the_other(log_in: LogIn) -> None:
    client = log_in()
    codes = [attempt(client, f"name{number}", "wrong").status_code for number in range(40)]
    assert codes == [401] * 30 + [429] * 10
    assert attempt(client, "the-viewer", PASSWORD).status_code == 429


def test_waiting_ends(log_in: LogIn, monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    client = log_in()
    for _ in range(11):
        attempt(client, "the-auditor", "wrong")
    later = time.time() + logins.WINDOW + 1
    monkeypatch.setattr("review.accounts.logins.time.time", lambda: later)
    assert attempt(client, "the-auditor", PASSWORD).status_code == 303
    with store.reading() as connection:
        left = set(connection.scalars(select(failed_logins.c.key)))
    assert left == {"address testclient"}


def test_the_form_to_log_in_cannot_be_sent_from_elsewhere(log_in: LogIn) -> None:
    client = log_in()
    given = {"name": "the-auditor", "password": PASSWORD}
    assert client.post("/login", data=given).status_code == 403
    hidden(client.get("/login").text)
    assert client.post("/login", data=given | {"form": "forged"}).status_code == 403
    assert client.post("/login", data=given | {"form": ""}).status_code == 403
    assert client.get("/").status_code == 303


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(log_in: LogIn) -> None:
    plain = attempt(log_in(), "the-auditor", PASSWORD).headers.get_list("set-cookie")
    (session,) = [cookie for cookie in plain if cookie.startswith("crossfoot=")]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(session.split("; "))
    secure = attempt(log_in(at=SECURE), "the-auditor", PASSWORD).headers.get_list("set-cookie")
    (session,) = [cookie for cookie in secure if cookie.startswith("__Host-crossfoot=")]
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Secure"} <= set(session.split("; "))
    assert "Domain" not in session


def test_what_the_store_keeps_lets_nobody_in(log_in: LogIn, store: Store) -> None:
    client = log_in("auditor")
    with store.reading() as connection:
        keys = list(connection.scalars(select(sessions.c.key)))
    assert client.cookies["crossfoot"] not in keys
    stranger = log_in()
    for secret in (*keys, "", "x", "a" * 5_000):
        stranger.cookies.set("crossfoot", secret)
        assert stranger.get("/").status_code == 303


def test_each_log_in_is_a_session_of_its_own(log_in: LogIn) -> None:
    one, other = log_in("auditor"), log_in("auditor")
    assert one.cookies["crossfoot"] != other.cookies["crossfoot"]
    assert token(one) != token(other)


def test_log_out_ends_this_session_alone(log_in: LogIn) -> None:
    one, other = log_in("auditor"), log_in("auditor")
    secret = one.cookies["crossfoot"]
    assert one.post("/logout", data={"csrf_token": token(one)}).status_code == 303
    one.cookies.set("crossfoot", secret)
    assert one.get("/").status_code == 303
    assert other.get("/").status_code == 200


def test_log_out_everywhere_ends_all_sessions(log_in: LogIn) -> None:
    one, other, third = log_in("auditor"), log_in("auditor"), log_in("viewer")
    assert one.post("/account/everywhere", data={"csrf_token": token(one)}).status_code == 303
    assert [client.get("/").status_code for client in (one, other, third)] == [303, 303, 200]


@pytest.mark.parametrize(("after", "status"), [(0.0, 200), (logins.IDLE + 1, 303)])
def test_sessions_that_are_not_used_end(
    after: float, status: int, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, later = log_in("auditor"), time.time() + after
    monkeypatch.setattr("review.accounts.logins.time.time", lambda: later)
    assert client.get("/").status_code == status


def test_sessions_that_are_used_end_when_they_are_old(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    client, now = log_in("auditor"), time.time()
    codes = []
    for hours in range(0, 8 * 24, 8):
        monkeypatch.setattr("review.accounts.logins.time.time", lambda at=now + hours * 3_600.0: at)
        codes.append(client.get("/").status_code)
    assert codes == [200] * 21 + [303] * 3


def test_a_new_password_logs_out_everywhere(log_in: LogIn) -> None:
    one, other = log_in("auditor"), log_in("auditor")
    mine = token(one)
    wrong = one.post("/account/password", data={"csrf_token": mine, "old": "wrong", "new": "a better pass phrase"})
    weak = one.post("/account/password", data={"csrf_token": mine, "old": PASSWORD, "new": "short"})
    assert (wrong.status_code, weak.status_code) == (403, 400)
    right = one.post("/account/password", data={"csrf_token": mine, "old": PASSWORD, "new": "a better pass phrase"})
    assert right.status_code == 303
    assert [client.get("/").status_code for client in (one, other)] == [303, 303]
    assert attempt(log_in(), "the-auditor", PASSWORD).status_code == 401
    assert attempt(log_in(), "the-auditor", "a better pass phrase").status_code == 303


def test_an_administrator_changes_roles_disables_and_ends_sessions(log_in: LogIn) -> None:
    root, ann = log_in("administrator"), log_in("auditor")
    data = {"csrf_token": token(root)}
    assert "the-auditor" in root.get("/accounts").text
    assert root.post("/accounts/the-auditor/role", data=data | {"role": "viewer"}).status_code == 303
    assert ann.post("/queue/x", data={"csrf_token": token(ann), "action": "accept"}).status_code == 403
    assert root.post("/accounts/the-auditor/everywhere", data=data).status_code == 303
    assert ann.get("/").status_code == 303
    assert root.post("/accounts/the-auditor/disabled", data=data | {"disabled": "true"}).status_code == 303
    assert attempt(log_in(), "the-auditor", PASSWORD).status_code == 401
    assert root.post("/accounts/the-auditor/disabled", data=data | {"disabled": "false"}).status_code == 303
    assert attempt(log_in(), "the-auditor", PASSWORD).status_code == 303
    assert root.post("/accounts/nobody/everywhere", data=data).status_code == 303
    assert root.post("/accounts/nobody/role", data=data | {"role": "viewer"}).status_code == 400
    assert root.post("/accounts/the-auditor/role", data=data | {"role": "emperor"}).status_code == 422


def test_the_last_administrator_stays(log_in: LogIn) -> None:
    root = log_in("administrator")
    data = {"csrf_token": token(root)}
    for path, more in (("role", {"role": "viewer"}), ("disabled", {"disabled": "true"})):
        answer = root.post(f"/accounts/the-administrator/{path}", data=data | more)
        assert (answer.status_code, "last administrator" in answer.text) == (400, True)


def test_second_approval_is_switched_on_as_a_decision(log_in: LogIn, store: Store) -> None:
    from pipeline.decisions import all_decisions, second_approval

    root = log_in("administrator")
    form = hidden(root.get("/accounts").text)
    data = {"csrf_token": token(root), "saw": form["saw"], "value": "on", "why": "Policy of the audit committee."}
    assert root.post("/accounts/approval", data=data).status_code == 303
    with store.reading() as connection:
        assert second_approval(connection)
        (decision,) = all_decisions(connection)
    assert (decision.who, decision.action, decision.why) == (
        "the-administrator",
        "set",
        "Policy of the audit committee.",
    )
    assert root.post("/accounts/approval", data=data | {"value": "off"}).status_code in (400, 409), "seen too long ago"


@pytest.mark.parametrize(
    ("name", "password", "words"),
    [
        ("ann", "short", "at least 12"),
        ("ann", "x" * 1_001, "at least 12"),
        ("ann", "aaaaaaaaaaaaaaaa", "too easy"),
        ("annannannann", "annannannann", "too easy"),
        ("an n", PASSWORD, "cannot be the name"),
        ("<script>", PASSWORD, "cannot be the name"),
        ("", PASSWORD, "cannot be the name"),
        ("ann", "", "needs a password"),
    ],
)
def test_weak_passwords_and_odd_names_are_refused(name: str, password: str, words: str, store: Store) -> None:
    with pytest.raises(UsageError, match=words):
        people.add_account(store, name, "auditor", password=password)


def test_names_are_the_same_in_any_case(store: Store) -> None:
    people.add_account(store, "Ann", "auditor", password=PASSWORD)
    with pytest.raises(UsageError, match="already"):
        people.add_account(store, " aNN", "viewer", password=PASSWORD)


@pytest.mark.parametrize(
    ("host", "names", "proxy", "words"),
    [
        ("127.0.0.1", (), False, None),
        ("localhost", (), False, None),
        ("::1", (), False, None),
        ("0.0.0.0", ("review.example",), False, "no accounts"),
        ("192.0.2.7", (), False, "no accounts"),
        ("example.org", (), False, "no accounts"),
        ("127.0.0.1", (), True, "Through the proxy"),
    ],
)
def test_without_accounts_it_starts_only_where_nobody_else_comes(
    host: str, names: tuple[str, ...], proxy: bool, words: str | None, store: Store
) -> None:
    if words is None:
        assert access_of(store, host, hosts=names, behind_proxy=proxy).local
        return
    with pytest.raises(UsageError, match=words) as caught:
        access_of(store, host, hosts=names, behind_proxy=proxy)
    assert "crossfoot user add" in caught.value.advice


def test_with_accounts_it_starts_anywhere_but_knows_its_names(app: FastAPI, store: Store) -> None:
    access = access_of(store, "0.0.0.0", hosts=("review.example",))
    assert (access.local, "review.example" in access.hosts, "*" in access.hosts) == (False, True, False)
    assert "[2001:db8::7]" in access_of(store, "2001:db8::7").hosts
    with pytest.raises(UsageError, match="to which names"):
        access_of(store, "0.0.0.0")


def test_when_the_first_account_is_made_whoever_sits_there_has_to_log_in(store: Store) -> None:
    from review.app import create_app

    client = TestClient(create_app(store), base_url=HOST, follow_redirects=False)
    assert client.get("/").status_code == 200
    people.add_account(store, "root", "administrator", password=PASSWORD)
    assert client.get("/").headers["location"] == "/login"
