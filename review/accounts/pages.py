"""The pages of accounts: logging in and out, one's own account, and everybody's for administrators."""

import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from pipeline.decisions import record, standing_of
from review.accounts import logins, people
from review.accounts.elsewhere import Elsewhere, NotLetInError
from review.accounts.guard import administrator, cookie_name, local_path
from review.accounts.logins import Session
from review.accounts.people import Account
from review.desk import desk_of, render
from review.visitor import ROLES, Role, visitor_of
from schemas.decisions import SECOND_APPROVAL, Asked, Subject, facts_of
from schemas.errors import UsageError

router = APIRouter()

_LOGIN_COOKIE = "crossfoot-login"
_ELSEWHERE_COOKIE = "crossfoot-elsewhere"

Short = Annotated[str, Form(max_length=1_000)]
Name = Annotated[str, Path(pattern="^[a-z0-9][a-z0-9._@-]{0,63}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginPage:
    """The page to log in on. `form` is the token of this form; `elsewhere` the words of the other way in, if there is one."""

    form: str
    next: str
    name: str = ""
    message: str = ""
    elsewhere: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """One's own account."""

    account: Account
    sessions: tuple[Session, ...]
    this: str
    shortest: int = people.SHORTEST_PASSWORD
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An account in the list of all."""

    account: Account
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsPage:
    """All accounts, and the setting that concerns them."""

    accounts: tuple[Listed, ...]
    roles: tuple[Role, ...]
    second_approval: bool
    saw: str


@router.get("/login")
def login_page(request: Request, next: str = "/") -> Response:
    """The page to log in on."""
    if visitor_of(request).name:
        return RedirectResponse(local_path(next), status_code=303)
    return _login_page(request, next=next)


@router.post("/login")
def login(request: Request, name: Short = "", password: Short = "", form: Short = "", next: Short = "/") -> Response:
    """Log in with a password."""
    if not form or not secrets.compare_digest(form.encode(), request.cookies.get(_LOGIN_COOKIE, "").encode()):
        return _login_page(request, next=next, name=name, message="The page was too old. Try again.", status=403)
    store, plain = desk_of(request).store, name.strip().casefold()[:64]
    address = request.client.host if request.client else ""
    with store.reading() as connection:
        wait = logins.seconds_to_wait(connection, plain, address)
        # A name that has to wait is not even tried, so nothing is learned of its password.
        account = None if wait else people.check_password(connection, plain, password)
    if wait:
        message = f"Too many attempts. Try again in {-(-wait // 60)} minutes."
        response = _login_page(request, next=next, name=name, message=message, status=429)
        response.headers["Retry-After"] = str(wait)
        return response
    if account is None:
        logins.note_failure(store, plain, address)
        return _login_page(request, next=next, name=name, message="Name or password is wrong.", status=401)
    return _logged_in(request, account, next)


@router.get("/login/elsewhere")
async def login_elsewhere(request: Request, next: str = "/") -> Response:
    """Go to the provider to log in there."""
    elsewhere = _elsewhere(request)
    response, remembered = await elsewhere.leave(request, str(request.url_for("login_back")))
    secret = logins.begin_elsewhere(desk_of(request).store, {**remembered, "next": local_path(next)})
    _set_cookie(request, response, _ELSEWHERE_COOKIE, secret, age=int(logins.UNDER_WAY))
    return response


@router.get("/login/elsewhere/back")
async def login_back(request: Request) -> Response:
    """Come back from the provider."""
    elsewhere, store = _elsewhere(request), desk_of(request).store
    remembered = logins.end_elsewhere(store, request.cookies.get(_ELSEWHERE_COOKIE, ""))
    try:
        identity = await elsewhere.come_back(request, remembered)
        with store.reading() as connection:
            account = people.find_identity(connection, identity)
        if account is None or account.disabled:
            raise NotLetInError("Nobody here is let in with this identity.", advice="Ask an administrator.")
    except NotLetInError as error:
        return _login_page(request, message=str(error), status=403)
    response = _logged_in(request, account, str(remembered.get("next", "/")))
    response.delete_cookie(_ELSEWHERE_COOKIE)
    return response


@router.post("/logout")
def logout(request: Request) -> Response:
    """End this session."""
    session = _session(request)
    logins.log_out(desk_of(request).store, session.key)
    return _gone(request)


@router.get("/account")
def account_page(request: Request) -> HTMLResponse:
    """One's own account."""
    return _account_page(request)


@router.post("/account/everywhere")
def logout_everywhere(request: Request) -> Response:
    """End all sessions of whoever asks, this one too."""
    logins.log_out_everywhere(desk_of(request).store, _session(request).account.name)
    return _gone(request)


@router.post("/account/password")
def change_password(request: Request, old: Short = "", new: Short = "") -> Response:
    """Choose another password, which logs out everywhere."""
    store, account = desk_of(request).store, _session(request).account
    address = request.client.host if request.client else ""
    with store.reading() as connection:
        wait = logins.seconds_to_wait(connection, account.name, address)
        right = not wait and people.check_password(connection, account.name, old) is not None
    if not right:
        logins.note_failure(store, account.name, address)
        return _account_page(request, message="The old password is wrong, or was wrong too often.", status=403)
    try:
        people.set_password(store, account.name, new)
    except UsageError as error:
        return _account_page(request, message=str(error), status=400)
    return _gone(request)


@router.get("/accounts", dependencies=[administrator])
def accounts_page(request: Request) -> HTMLResponse:
    """All accounts."""
    with desk_of(request).reading() as connection:
        listed = [
            Listed(account=one, places=logins.how_many(connection, one.name)) for one in people.all_accounts(connection)
        ]
        setting = standing_of(connection, Subject("setting", SECOND_APPROVAL))
    page = AccountsPage(
        accounts=tuple(listed),
        roles=ROLES,
        second_approval=dict(setting.now)["value"] == "on",
        saw=setting.token,
    )
    return render(request, "accounts.html", page, current="account")


@router.post("/accounts/approval", dependencies=[administrator])
def set_approval(request: Request, value: Short = "", saw: Short = "", why: Short = "") -> Response:
    """Switch second approval of corrections on or off; it is recorded as a decision."""
    subject, after = Subject("setting", SECOND_APPROVAL), facts_of({"value": value})
    who = visitor_of(request).name
    record(desk_of(request).store, Asked(who=who, action="set", subject=subject, saw=saw, after=after, why=why))
    return RedirectResponse("/accounts", status_code=303)


@router.post("/accounts/{name}/role", dependencies=[administrator])
def change_role(request: Request, name: Name, role: Annotated[Role, Form()]) -> Response:
    """Give an account another role."""
    people.set_role(desk_of(request).store, name, role)
    return RedirectResponse("/accounts", status_code=303)


@router.post("/accounts/{name}/disabled", dependencies=[administrator])
def change_disabled(request: Request, name: Name, disabled: Annotated[bool, Form()]) -> Response:
    """Disable an account, or enable it again."""
    people.set_disabled(desk_of(request).store, name, disabled=disabled)
    return RedirectResponse("/accounts", status_code=303)


@router.post("/accounts/{name}/everywhere", dependencies=[administrator])
def end_sessions(request: Request, name: Name) -> Response:
    """Log an account out everywhere."""
    logins.log_out_everywhere(desk_of(request).store, name)
    return RedirectResponse("/accounts", status_code=303)


def _login_page(
    request: Request, *, next: str = "/", name: str = "", message: str = "", status: int = 200
) -> HTMLResponse:
    elsewhere: Elsewhere | None = request.app.state.elsewhere
    form = secrets.token_urlsafe(32)
    page = LoginPage(
        form=form,
        next=local_path(next),
        name=name[:64],
        message=message,
        elsewhere=elsewhere.provider.label if elsewhere else "",
    )
    response = render(request, "login.html", page, status=status)
    _set_cookie(request, response, _LOGIN_COOKIE, form, age=3_600, strict=True)
    return response


def _account_page(request: Request, *, message: str = "", status: int = 200) -> HTMLResponse:
    session: Session | None = request.state.session
    if session is None:
        page = {
            "title": "No account",
            "message": "You use Crossfoot as the user of this machine; there are no accounts.",
        }
        advice = "`crossfoot user add NAME --role administrator` makes the first; from then on everybody logs in."
        return render(request, "error.html", page | {"advice": advice}, status=404)
    with desk_of(request).reading() as connection:
        found = tuple(logins.sessions_of(connection, session.account.name))
    shown = AccountPage(account=session.account, sessions=found, this=session.key, message=message)
    return render(request, "account.html", shown, status=status, current="account")


def _session(request: Request) -> Session:
    session: Session | None = request.state.session
    if session is None:
        raise HTTPException(404, "There are no accounts.")
    return session


def _elsewhere(request: Request) -> Elsewhere:
    elsewhere: Elsewhere | None = request.app.state.elsewhere
    if elsewhere is None:
        raise HTTPException(404, "There is no other place to log in at.")
    return elsewhere


def _logged_in(request: Request, account: Account, next: str) -> Response:
    browser = request.headers.get("user-agent", "")
    secret = logins.log_in(desk_of(request).store, account.name, browser)
    response = RedirectResponse(local_path(next), status_code=303)
    _set_cookie(request, response, cookie_name(request.scope), secret, age=int(logins.OLDEST))
    response.delete_cookie(_LOGIN_COOKIE)
    return response


def _gone(request: Request) -> Response:
    response = RedirectResponse("/login", status_code=303)
    response.delete_cookie(
        cookie_name(request.scope), secure=request.url.scheme == "https", httponly=True, samesite="lax"
    )
    return response


def _set_cookie(request: Request, response: Response, name: str, value: str, *, age: int, strict: bool = False) -> None:
    # Lax, not strict: who comes back from the provider, or follows a link in a letter, is still logged in. Nothing changes by GET.
    response.set_cookie(
        name,
        value,
        max_age=age,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict" if strict else "lax",
    )
