"""No page breaks a rule of WCAG 2.2 AA that a program can find, in the light and in the dark, wide and narrow."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import select

from pipeline.store.database import Store
from pipeline.store.tables import findings, observations
from tests.review.conftest import NewPage
from tests.review.test_deciding import GARBLED, MISPRINT

_RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}


def addresses(store: Store) -> list[str]:
    """One of every page, in its fullest states."""
    with store.reading() as connection:
        across = connection.scalar(select(findings.c.finding_id).where(findings.c.scope != ""))
        within = connection.scalar(select(findings.c.finding_id).where(findings.c.kind == "sum_mismatch"))
        series = connection.scalar(select(observations.c.series_id).where(observations.c.status == "contradicted"))
    from review.views.document import document_of
    from review.views.queue import find_figure

    with store.reading() as connection:
        row = find_figure(connection, MISPRINT)
        assert row is not None
        document = document_of(connection, row["document_id"]).address
    return [
        "/",
        "/help",
        "/documents",
        f"{document}/5?figure={MISPRINT}",
        f"{document}/5?add=100,100,130,112",
        "/queue?state=stale",
        f"/queue/{GARBLED}",
        f"/queue/{MISPRINT}?grade=doubtful",
        "/findings",
        f"/findings/{across}",
        f"/findings/{within}",
        "/series?authority=E08000027",
        f"/series/{series}",
        "/account",
        "/nowhere",
    ]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (768, "dark")])
def test_axe_finds_nothing(new_page: NewPage, store: Store, width: int, scheme: str) -> None:
    page = new_page(width=width, height=900, color_scheme=scheme)
    broken: list[str] = []
    for address in addresses(store):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        found = Axe().run(page, options=_RULES).response
        assert len(found["passes"]) > 10
        broken += [
            f"{address}: {one['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
            for one in found["violations"]
            for node in one["nodes"][:2]
        ]
    assert broken == []


def test_the_order_of_the_keyboard_is_that_of_the_page(page: Page) -> None:
    page.goto(f"/queue/{MISPRINT}")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    tops = []
    for _ in range(8):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        expect(focused).to_have_count(1)
        assert focused.evaluate("(e) => getComputedStyle(e).outlineStyle") != "none"
        tops.append(
            focused.evaluate("(e) => { const all = [...document.querySelectorAll('*')]; return all.indexOf(e); }")
        )
    assert tops == sorted(tops)
