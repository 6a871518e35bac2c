"""What somebody sees who opens the review for the first time, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from pipeline.store.database import Store
from pipeline.store.tables import documents, figures, marks
from tests.review.conftest import NewPage


def test_the_overview_leads_to_everything(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
    expect(page.get_by_role("region", name="Figures by grade")).to_contain_text("514")
    for name in ("Queue", "Findings", "Documents", "Series", "Overview"):
        page.get_by_role("navigation", name="Main").get_by_role("link", name=name).click()
        expect(page.get_by_role("navigation", name="Main").locator("[aria-current=page]")).to_have_text(name)


def test_a_document_shows_every_number_of_its_page(page: Page, store: Store) -> None:
    page.goto("/documents?q=dudley_2013-14")
    page.get_by_role("link", name="dudley/dudley_2013-14_report.pdf").click()
    page.get_by_role("link", name=re.compile("^Page 5")).click()
    with store.reading() as connection:
        document = connection.scalar(select(figures.c.document_id).where(figures.c.figure_id == "db6a1e4ca91dbda2"))
        on_page = (figures.c.document_id == document, figures.c.page == 5)
        known = set(connection.scalars(select(figures.c.figure_id).where(*on_page)))
        others = (marks.c.document_id == document, marks.c.page == 5, marks.c.kind != "figure")
        numbers = len(connection.scalars(select(marks.c.position).where(*others)).all())
    boxes = page.locator("svg .boxes.figures .box")
    assert {box.get_attribute("data-figure") for box in boxes.all()} == known
    assert page.locator("svg .boxes.others .box, svg .boxes.unplaced .box").count() == numbers
    expect(page.locator("ol.figures li")).to_have_count(len(known))


def test_a_box_and_its_line_in_the_list_lead_to_each_other(page: Page) -> None:
    page.goto("/documents?q=dudley_2013-14")
    page.get_by_role("link", name="dudley/dudley_2013-14_report.pdf").click()
    page.goto(page.url[:-1] + "5")
    page.locator("svg [data-figure=db6a1e4ca91dbda2]").click()
    expect(page.locator("ol.figures .chosen")).to_have_attribute("data-figure", "db6a1e4ca91dbda2")
    expect(page.get_by_role("region", name=re.compile("^41"))).to_contain_text(
        "41 to 57 is a rise of 39.0%; the report says a rise of 34%."
    )
    assert page.locator("svg .tie.chosen.fails").count() == 2
    other = page.locator("ol.figures li").first
    other.get_by_role("link").click()
    expect(page.locator("svg .box.chosen")).to_have_attribute("data-figure", str(other.get_attribute("data-figure")))


def test_zoom_draws_a_sharper_picture(page: Page) -> None:
    page.goto("/documents?q=dudley_2013-14")
    page.get_by_role("link", name="dudley/dudley_2013-14_report.pdf").click()
    sheet = page.locator(".viewport svg.sheet")
    before = sheet.bounding_box()
    for _ in range(5):
        page.keyboard.press("+")
    after = sheet.bounding_box()
    assert before and after and after["width"] > 2 * before["width"]
    expect(sheet.locator("image")).to_have_attribute("href", re.compile("/2400.png$"))
    page.keyboard.press("0")
    assert sheet.bounding_box() == before


def test_the_print_can_be_selected(page: Page) -> None:
    page.goto("/documents?q=dudley_2013-14")
    page.get_by_role("link", name="dudley/dudley_2013-14_report.pdf").click()
    page.goto(page.url[:-1] + "5")
    line = page.locator("svg .print text", has_text="Compliments rose from")
    box, sheet = line.bounding_box(), page.locator("svg.sheet").bounding_box()
    assert box and sheet and 200 < box["width"] < sheet["width"]
    line.select_text()
    assert "Compliments rose from 41 to 57" in page.evaluate("getSelection().toString()")


def test_the_shortcuts_can_be_seen_and_switched_off(page: Page) -> None:
    page.goto("/queue")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Shortcuts")).to_be_visible()
    page.get_by_label("Use shortcuts of one key").uncheck()
    page.keyboard.press("Escape")
    address = page.url
    page.keyboard.press("s")
    page.wait_for_timeout(200)
    assert page.url == address


@pytest.mark.parametrize("path", ["/", "/queue", "/findings", "/documents", "/series", "/help"])
def test_everything_can_be_read_without_scripts(new_page: NewPage, path: str) -> None:
    page = new_page(java_script_enabled=False)
    answer = page.goto(path)
    assert answer is not None and answer.status == 200
    expect(page.locator("main h1")).not_to_be_empty()


def test_a_decision_can_be_made_without_scripts(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/queue?grade=doubtful")
    page.get_by_role("button", name=re.compile("^Accept")).click()
    expect(page.get_by_role("status")).to_contain_text("accepted")


def test_what_is_not_there_is_said(page: Page) -> None:
    for path in (
        "/documents/0123456789abcdef/1",
        "/queue/nothing",
        "/findings/0123456789abcdef",
        "/series/0123456789abcdef",
    ):
        answer = page.goto(path)
        assert answer is not None and answer.status == 404
        expect(page.get_by_role("heading", level=1)).to_have_text("Not found")


def test_an_import_is_shown_as_it_goes_on(page: Page, store: Store) -> None:
    with store.writing() as connection:
        first = connection.scalars(select(documents.c.id).limit(2)).all()
        connection.execute(update(documents).where(documents.c.id.in_(first)).values(status="pending"))
    page.goto("/")
    progress = page.get_by_role("region", name="Import in progress")
    expect(progress).to_contain_text("14 of 16 documents read; 2 waiting")
    with store.writing() as connection:
        connection.execute(update(documents).where(documents.c.id == first[0]).values(status="imported"))
    expect(progress).to_contain_text("15 of 16 documents read; 1 waiting")
    with store.writing() as connection:
        connection.execute(update(documents).where(documents.c.id == first[1]).values(status="imported"))
    expect(progress).to_have_count(0)
