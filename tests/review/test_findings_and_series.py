"""A finding across two years, the decision on its observation, and series with their downloads."""

import csv
import io
import json
import re

from playwright.sync_api import Page, expect
from sqlalchemy import select

from pipeline.decisions import all_decisions
from pipeline.store.database import Store
from pipeline.store.tables import findings, observations


def conflicting(store: Store) -> str:
    """The finding that two of Dudley's documents differ on complaints at stage 2 in 2013/14: 9, or 10."""
    with store.reading() as connection:
        query = select(findings.c.finding_id).where(findings.c.kind == "conflicting_statement", findings.c.scope != "")
        return str(connection.execute(query).scalar_one())


def test_the_pages_that_differ_stand_side_by_side(page: Page, store: Store) -> None:
    page.goto("/findings?span=across&kind=conflicting_statement")
    page.get_by_role("row").nth(1).get_by_role("link").click()
    expect(page).to_have_url(re.compile(f"/findings/{conflicting(store)}"))
    first, second = page.locator(".evidence-sheet").nth(0), page.locator(".evidence-sheet").nth(1)
    one, other = first.bounding_box(), second.bounding_box()
    assert one and other and abs(one["y"] - other["y"]) < 2 and one["x"] + one["width"] <= other["x"]
    expect(first.locator("svg .box.chosen")).to_have_count(1)
    expect(second.locator("svg .box.chosen")).to_have_count(1)
    expect(page.locator(".observations .marked")).to_contain_text("2013/14")
    expect(page.locator("svg.chart .point.differs")).to_have_count(1)


def test_the_value_of_an_observation_is_decided_on_the_finding(page: Page, store: Store) -> None:
    page.goto(f"/findings/{conflicting(store)}")
    card = page.locator(".decide-card", has_text="The value for 2013/14")
    card.get_by_label(re.compile(r"^\s*10\b")).check()
    card.get_by_label("Why").fill("The minutes were right.")
    card.get_by_role("button", name="Decide").click()
    card = page.locator(".decide-card", has_text="The value for 2013/14")
    expect(card.locator(".history")).to_contain_text("The minutes were right.")
    expect(card.locator(".used")).to_contain_text("10")
    with store.reading() as connection:
        (made,) = all_decisions(connection)
    assert (made.action, made.subject.kind, dict(made.after)) == ("decide", "observation", {"value": "10"})


def test_a_finding_is_dismissed_and_taken_up_again(page: Page, store: Store) -> None:
    address = f"/findings/{conflicting(store)}"
    page.goto(address)
    page.keyboard.press("r")
    page.keyboard.type("It is about another procedure.")
    page.keyboard.press("Enter")
    expect(page.locator(".standing")).to_have_text("Dismissed")
    page.goto("/findings?state=dismissed")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.goto(address)
    page.keyboard.press("u")
    expect(page.locator(".standing")).to_have_count(0)


def test_each_cell_leads_to_its_evidence(page: Page, store: Store) -> None:
    page.goto("/series?authority=E08000027&measure=complaints")
    cell = page.locator("td.cell a.contradicted")
    expect(cell).to_have_count(1)
    expect(cell).to_contain_text("9")
    cell.click()
    expect(page.locator("svg .box.chosen")).to_be_visible()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("9")


def test_a_series_is_downloaded(page: Page, store: Store) -> None:
    with store.reading() as connection:
        series = connection.scalar(select(observations.c.series_id).where(observations.c.status == "contradicted"))
    page.goto(f"/series/{series}")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="CSV").click()
    content = downloading.value.path().read_text(encoding="utf-8")
    rows = {row["period"]: row for row in csv.DictReader(io.StringIO(content))}
    assert {row["series_id"] for row in rows.values()} == {series}
    assert (rows["2013/14"]["value"], rows["2013/14"]["status"]) == ("9", "contradicted")
    assert len(json.loads(rows["2013/14"]["statements"])) == 3


def test_the_table_is_downloaded_as_it_is_filtered(page: Page) -> None:
    page.goto("/series?authority=E08000027&measure=compliments")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="JSONL").click()
    rows = [json.loads(line) for line in downloading.value.path().read_text(encoding="utf-8").splitlines()]
    assert {(row["authority_code"], row["measure"]) for row in rows} == {("E08000027", "compliments")}
