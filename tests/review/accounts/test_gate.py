"""The gate: every route of the application, whoever asks; nothing is shown or changed that should not be."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from starlette.routing import BaseRoute, Mount

from pipeline.store.database import Store
from pipeline.store.tables import decisions, documents, figures, findings, observations
from review.accounts.access import Access
from review.accounts.guard import OWN, PUBLIC
from review.app import create_app
from review.visitor import Role
from tests.review.accounts.conftest import HOST, PASSWORD, SCRIPT, SECURE, LogIn, attempt, scripts, token

FOR_ADMINISTRATORS = "/accounts"


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every method and path of the application but for the folder of static files."""
    for route in _flat(app.routes):
        if isinstance(route, Mount):
            assert route.path == "/static"
            continue
        assert isinstance(route, APIRoute), f"a route of another kind needs rules of its own: {route}"
        yield from ((method, route.path) for method in sorted(route.methods))


def _flat(found: list[BaseRoute]) -> Iterator[BaseRoute]:
    """The framework keeps a router that was included as one; none is included under a prefix."""
    for route in found:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from _flat(inner.routes)
        else:
            yield route


def filled(path: str, store: Store) -> str:
    """The path with an id of the right kind in each place. A new kind of place must be added here."""
    columns = {
        "figure": figures.c.figure_id,
        "document": documents.c.sha256,
        "finding": findings.c.finding_id,
        "series": observations.c.series_id,
        "observation": observations.c.observation_id,
    }
    with store.reading() as connection:
        places = {
            name: str(connection.execute(select(column).order_by(column).limit(1)).scalar_one())
            for name, column in columns.items()
        }
    places |= {"page": "1", "width": "800", "name": "the-viewer", "form": "csv"}
    return path.format_map(places)


def state(store: Store) -> tuple[object, ...]:
    """What must not change."""
    with store.reading() as connection:
        count = connection.execute(select(func.count()).select_from(decisions)).scalar_one()
        grades = connection.execute(select(figures.c.figure_id, figures.c.grade)).all()
    return count, sorted(map(tuple, grades))


def test_there_are_routes_to_look_at(app: FastAPI) -> None:
    found = list(routes(app))
    assert {("GET", "/"), ("GET", "/queue"), ("POST", "/queue/{figure}"), ("GET", "/accounts")} <= set(found)


def test_who_is_not_logged_in_sees_the_page_to_log_in_on_and_nothing_else(
    app: FastAPI, store: Store, log_in: LogIn
) -> None:
    client, before = log_in(), state(store)
    for method, path in routes(app):
        address = filled(path, store)
        answer = client.request(method, address, data={"action": "accept"} if method == "POST" else None)
        if path in PUBLIC:
            assert not any(word in answer.text for word in ("were complaints", "a.txt", "the-auditor", "csrf_token"))
        elif method == "GET":
            assert answer.status_code == 303, (method, path)
            assert answer.headers["location"].startswith("/login")
            assert answer.text == ""
        else:
            assert answer.status_code in (401, 403), (method, path)
            assert len(answer.text) < 200
    assert state(store) == before


def test_a_page_that_a_script_fetches_is_refused_and_not_answered_with_the_page_to_log_in_on(log_in: LogIn) -> None:
    answer = log_in().get("/progress", headers={"Sec-Fetch-Mode": "cors"})
    assert (answer.status_code, answer.text) == (401, "Nobody is logged in.\n")


@pytest.mark.parametrize("role", ["viewer", "auditor", "administrator"])
def test_each_role_sees_what_it_may(role: Role, app: FastAPI, store: Store, log_in: LogIn) -> None:
    client = log_in(role)
    for method, path in routes(app):
        if method != "GET" or path.startswith("/login"):
            continue
        status = client.get(filled(path, store)).status_code
        if path.startswith(FOR_ADMINISTRATORS) and role != "administrator":
            assert status == 403, path
        else:
            assert status in (200, 303, 307, 404), (path, status)


def test_a_viewer_changes_nothing(app: FastAPI, store: Store, log_in: LogIn) -> None:
    client, before = log_in("viewer"), state(store)
    mine = token(client)
    for method, path in routes(app):
        if method != "GET" and path not in (*PUBLIC, *OWN):
            answer = client.request(method, filled(path, store), data={"csrf_token": mine, "action": "accept"})
            assert answer.status_code == 403, (method, path)
    assert state(store) == before


def test_an_auditor_does_not_look_after_accounts(app: FastAPI, store: Store, log_in: LogIn) -> None:
    client, mine = (browser := log_in("auditor")), token(browser)
    for method, path in routes(app):
        if method != "GET" and path.startswith(FOR_ADMINISTRATORS):
            data = {"csrf_token": mine, "role": "viewer", "disabled": "true", "value": "on", "why": "x"}
            assert client.request(method, filled(path, store), data=data).status_code == 403, path


@pytest.mark.parametrize("forged", ["", "forged", "another's"])
def test_nothing_changes_without_the_token_of_the_session(
    forged: str, app: FastAPI, store: Store, log_in: LogIn
) -> None:
    client, before = log_in("administrator"), state(store)
    given = token(log_in("auditor")) if forged == "another's" else forged
    for method, path in routes(app):
        if method == "GET" or path == "/login":
            continue
        address = filled(path, store)
        for data, headers in (({"csrf_token": given}, {}), ({}, {"X-CSRF-Token": given}), ({}, {})):
            answer = client.request(method, address, data={"action": "accept"} | data, headers=headers)
            assert (answer.status_code, "not of this session" in answer.text) == (403, True), (method, path)
    assert state(store) == before
    assert client.get("/account").status_code == 200, "nobody was logged out"


def test_a_body_that_hides_the_token_is_refused(store: Store, log_in: LogIn) -> None:
    client = log_in("auditor")
    mine, address = token(client), filled("/queue/{figure}", store)
    assert client.post(address, json={"csrf_token": mine, "action": "accept"}).status_code == 403
    assert client.post(address, files={"csrf_token": (None, mine)}).status_code == 403
    assert client.post(address, content=b"csrf_token=" + b"x" * (1 << 21)).status_code == 413
    assert client.post(address, content=b"\xff&csrf_token=\xff").status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_page_of_another_site_changes_nothing_even_with_the_token(
    headers: dict[str, str], store: Store, log_in: LogIn
) -> None:
    client, before = log_in("auditor"), state(store)
    data = {"csrf_token": token(client), "action": "accept"}
    assert client.post(filled("/queue/{figure}", store), data=data, headers=headers).status_code == 403
    assert attempt_from(client, headers).status_code == 403
    assert state(store) == before


def attempt_from(client: TestClient, headers: dict[str, str]):  # type: ignore[no-untyped-def]
    return client.post("/login", data={"name": "the-auditor", "password": PASSWORD}, headers=headers)


def test_an_auditor_with_the_token_decides_in_their_own_name(store: Store, log_in: LogIn) -> None:
    from schemas.decisions import Subject
    from tests.pipeline.decisions.deciding import look

    client = log_in("auditor")
    address = filled("/queue/{figure}", store)
    subject = Subject("figure", address.rpartition("/")[2])
    data = {"csrf_token": token(client), "action": "accept", "saw": look(store, subject).token, "who": "the-viewer"}
    assert client.post(address, data=data, headers={"Origin": HOST}).status_code == 303
    standing = look(store, subject)
    assert standing.in_force is not None
    assert (standing.status, standing.in_force.who) == ("accepted", "the-auditor")


@pytest.mark.parametrize(
    "trick",
    [
        "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/crossfoot.db", "....//crossfoot.db", "a%00b", "a\\..\\b",
        "%252e%252e%252fcrossfoot.db", "' OR 1=1 --", "${1237*7919}", "{{1237*7919}}", "%", "_", "x" * 5_000,
    ],
)  # fmt: skip
def test_tricks_in_ids_lead_nowhere(trick: str, app: FastAPI, store: Store, log_in: LogIn) -> None:
    client, before = log_in("administrator"), state(store)
    for method, path in routes(app):
        if method != "GET" or "{" not in path:
            continue
        start = path.partition("{")[0]
        rest = filled(path, store)[len(filled(path.partition("}")[0] + "}", store)) :]
        for address in (start + trick + rest, start + quote(trick, safe="") + rest):
            answer = client.get(address.replace(" ", "%20"))
            assert answer.status_code in (303, 307, 400, 404, 422), (address[:100], answer.status_code)
            assert not any(
                secret in answer.text for secret in ("root:", "SQLite format", "Traceback", "sqlalchemy", "9795803")
            )
    for address in (
        f"/static/{trick}",
        f"/static/../templates/{trick}",
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
    ):
        assert client.get(address.replace(" ", "%20")).status_code in (303, 404), address
    assert state(store) == before


def test_words_of_a_document_never_become_a_script(app: FastAPI, store: Store, log_in: LogIn) -> None:
    client, shown = log_in("administrator"), 0
    for method, path in routes(app):
        if method == "GET" and not path.startswith("/login"):
            answer = client.get(filled(path, store))
            if answer.headers.get("content-type", "").startswith("text/html"):
                shown += "alert(" in answer.text
                assert SCRIPT not in answer.text, path
                assert all(one.startswith("/static/") for one in scripts(answer.text)), path
    assert shown, "no page shows the words of the document: the test looks at nothing"
    assert "'unsafe" not in client.get("/").headers["content-security-policy"]


@pytest.mark.parametrize(
    "text", [f'">{SCRIPT}', "議会", "\N{ESCAPE}[2J\0\r\nSet-Cookie: a=b", "%", "' OR 1=1 --", "9" * 400]
)
def test_what_is_asked_for_never_becomes_a_script(text: str, app: FastAPI, store: Store, log_in: LogIn) -> None:
    client = log_in("administrator")
    names = (
        "q",
        "authority",
        "year",
        "status",
        "measure",
        "kind",
        "grade",
        "severity",
        "done",
        "next",
        "figure",
        "page",
    )
    query = "&".join(f"{name}={quote(text)}" for name in names)
    for method, path in routes(app):
        if method == "GET" and "page" not in path:
            answer = client.get(f"{filled(path, store)}?{query}")
            assert SCRIPT not in answer.text, path
            assert answer.status_code < 500, path
            assert "set-cookie" not in answer.headers or path == "/login"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example#127.0.0.1", "127.0.0.1@evil.example", "", "evil.example:8765"]
)  # fmt: skip
def test_another_name_of_the_host_is_not_answered(host: str, log_in: LogIn) -> None:
    for path in ("/", "/login", "/queue"):
        answer = log_in("auditor").get(path, headers={"Host": host})
        assert (answer.status_code, answer.text) == (400, "Invalid host header")


def test_headers_of_proxies_are_not_believed(log_in: LogIn) -> None:
    forwarded = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    answer = log_in().get("/documents", headers=forwarded)
    assert answer.headers["location"] == "/login?next=%2Fdocuments"
    cookie = log_in().get("/login", headers=forwarded).headers["set-cookie"]
    assert "evil" not in cookie
    assert "Secure" not in cookie


def test_every_answer_has_the_headers_that_keep_it_safe(store: Store, log_in: LogIn) -> None:
    for client, path in (
        (log_in(), "/login"),
        (log_in(), "/"),
        (log_in("viewer"), "/"),
        (log_in("viewer"), "/nothing"),
    ):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff"


def test_without_accounts_whoever_sits_at_the_machine_is_let_in(store: Store) -> None:
    client = TestClient(create_app(store), base_url=HOST, follow_redirects=False)
    assert client.get("/").status_code == 200
    assert client.post(filled("/queue/{figure}", store), data={"action": "accept"}).status_code == 403
    assert client.get("/account").status_code == 404
    assert client.get("/", headers={"Host": "rebound.example"}).status_code == 400


def test_without_accounts_nobody_is_let_in_from_elsewhere(store: Store) -> None:
    app = create_app(store, access=Access(local=False, hosts=("review.example",)))
    client = TestClient(app, base_url=SECURE, follow_redirects=False)
    assert client.get("/").headers["location"] == "/login"
    assert attempt(client, "root", "x" * 20).status_code == 401


def test_a_socket_is_not_opened(log_in: LogIn) -> None:
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect), log_in("administrator").websocket_connect("/"):
        pass
