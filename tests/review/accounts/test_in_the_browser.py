"""Accounts as people meet them: logging in, what each role sees, and pages that everybody can use."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from playwright.sync_api import Page, expect

from tests.review.accounts.conftest import PASSWORD
from tests.review.conftest import NewPage

_RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}

pytestmark = pytest.mark.usefixtures("app")


def log_in(page: Page, role: str) -> None:
    page.goto("/queue")
    page.get_by_label("Name").fill(f"the-{role}")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/queue**")


def test_logging_in_leads_where_one_wanted_to_go_and_out_again(page: Page) -> None:
    log_in(page, "auditor")
    expect(page.get_by_role("link", name="the-auditor")).to_be_visible()
    page.get_by_role("link", name="the-auditor").click()
    page.get_by_role("button", name="Log out", exact=True).click()
    page.wait_for_url("**/login")
    page.go_back()
    page.goto("/queue")
    expect(page).to_have_title("Log in · Crossfoot")


def test_a_wrong_password_is_told(page: Page) -> None:
    page.goto("/login")
    page.get_by_label("Name").fill("the-auditor")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_have_text("Name or password is wrong.")
    expect(page.get_by_label("Name")).to_have_value("the-auditor")
    expect(page.get_by_label("Password")).to_have_value("")


def test_a_viewer_is_shown_no_way_to_decide(page: Page) -> None:
    log_in(page, "viewer")
    assert page.locator("main form[method=post]").count() == 0
    page.goto("/accounts")
    expect(page.get_by_role("heading", level=1)).to_have_text("Not allowed")


def test_an_administrator_disables_an_account_which_is_gone_at_once(new_page: NewPage) -> None:
    root, ann = new_page(), new_page()
    log_in(root, "administrator")
    log_in(ann, "auditor")
    root.goto("/accounts")
    root.get_by_role("button", name="Disable the-auditor").click()
    expect(root.get_by_role("row", name="the-auditor")).to_contain_text("disabled")
    ann.goto("/documents")
    expect(ann).to_have_title("Log in · Crossfoot")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (768, "dark")])
def test_axe_finds_nothing_on_the_pages_of_accounts(new_page: NewPage, app: FastAPI, width: int, scheme: str) -> None:
    page = new_page(width=width, height=900, color_scheme=scheme)
    broken: list[str] = []
    for address in ("/login", "/account", "/accounts"):
        page.goto(address)
        if address == "/login":
            _look(page, broken, f"login-{scheme}")
            log_in(page, "administrator")
        else:
            _look(page, broken, f"{address[1:]}-{scheme}")
    assert broken == []


def _look(page: Page, broken: list[str], name: str) -> None:
    if folder := os.environ.get("CROSSFOOT_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    found = Axe().run(page, options=_RULES).response
    assert len(found["passes"]) > 10
    broken += [f"{page.url}: {one['id']}: {node['html'][:160]}" for one in found["violations"] for node in one["nodes"]]
