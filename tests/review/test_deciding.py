"""Deciding, as auditors do it: by keyboard, with corrections, additions, conflicts and second thoughts."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from pipeline.decisions import all_decisions, prove, standing_of
from pipeline.store.database import Store
from pipeline.store.rows import dims_of
from pipeline.store.tables import decisions, figures, observations, suspects
from review.accounts.people import add_account
from schemas.decisions import Decision, Subject
from tests.review.conftest import NewPage

# What the sample archive holds: "(*&)" typed for 87, and 34% where 41 to 57 is a rise of 39%.
GARBLED, MISPRINT = "a31a55faf427ed89", "189c2c469ea43179"
PASSWORD = "lantern orbit meadow seven"


def recorded(store: Store) -> list[Decision]:
    with store.reading() as connection:
        return list(all_decisions(connection))


def test_twenty_figures_are_decided_by_keyboard_alone(page: Page, store: Store) -> None:
    page.goto("/")
    page.keyboard.press("g")
    page.keyboard.press("q")
    page.wait_for_url("**/queue/*")
    keys = {"accept": "a", "propose": "1", "reject": "r"}
    total = int(str(page.locator(".head p.soft").first.text_content()).split(" of ")[1].split(",")[0])
    for number in range(20):
        here = page.url
        can_accept = page.locator("button[data-key=a]").count() > 0
        action = "reject" if number % 7 == 3 else "accept" if can_accept and number % 3 else "propose"
        if action == "propose" and not page.locator("button[data-key='1']").count():
            action = "accept" if can_accept else "reject"
        page.keyboard.press(keys[action])
        if action == "reject":
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
        page.wait_for_url(lambda url, here=here: url != here and "done=" in url)
    made = recorded(store)
    assert len(made) == 20
    assert len({decision.subject for decision in made}) == 20
    assert {decision.action for decision in made} == {"accept", "correct", "reject"}
    expect(page.locator(".head p.soft").first).to_contain_text(f"of {total - 20}")
    with store.reading() as connection:
        assert prove(connection).problem == ""


def test_the_worst_comes_first_and_its_proposal_is_one_key_away(page: Page, store: Store) -> None:
    page.goto("/queue")
    assert GARBLED in page.url
    expect(page.locator(".choices")).to_contain_text("then 94 to 87 is a fall of 7%")
    page.keyboard.press("1")
    page.wait_for_url("**done=1")
    expect(page.get_by_role("status")).to_contain_text("corrected")
    made = recorded(store)[0]
    assert (dict(made.after)["value"], dict(made.after)["cause"]) == ("87", "misread")
    assert "typed with the shift key held down" in made.why


def test_the_arithmetic_is_written_out(page: Page) -> None:
    page.goto(f"/queue/{MISPRINT}")
    expect(page.locator(".relation.fails").first).to_contain_text(
        "41 to 57 is a rise of 39.0%; the report says a rise of 34%."
    )


def test_a_figure_is_corrected_with_the_vocabulary(page: Page, store: Store) -> None:
    page.goto(f"/queue/{MISPRINT}")
    page.keyboard.press("c")
    form = page.locator("form", has=page.get_by_role("button", name="Record the correction"))
    assert page.evaluate("document.activeElement.name") == "value"
    form.get_by_label("Value", exact=True).fill("39")
    form.get_by_label("Dimension 1", exact=True).select_option("stage")
    value = form.get_by_label("Value of dimension 1")
    assert value.get_attribute("list") == "values-stage"
    value.fill("1")
    form.get_by_label("the report: the page says so, and is wrong").check()
    form.get_by_label("Why").fill("41 to 57 is a rise of 39%")
    form.get_by_label("Why").press("Enter")
    page.wait_for_url("**done=1")
    after = dict(recorded(store)[0].after)
    assert (after["value"], after["dims.stage"], after["cause"], after["measure"]) == (
        "39",
        "1",
        "misprint",
        "compliments",
    )
    page.goto(f"/queue/{MISPRINT}")
    expect(page.locator(".history")).to_contain_text("value 34 → 39")


def test_a_breakdown_is_completed_with_the_words_of_the_same_council(new_page: NewPage, store: Store) -> None:
    with store.reading() as connection:
        rows = connection.execute(select(observations.c.scope, observations.c.dims)).all()
        suspected = connection.execute(select(suspects.c.figure_id, suspects.c.scope)).all()
    teams: dict[str, set[str]] = {}
    for scope, dims in rows:
        teams.setdefault(scope, set()).update(value for name, value in dims_of(dims) if name == "team")
    figure_id, own = next((f, s) for f, s in suspected if teams.get(s))
    page = new_page(java_script_enabled=False)
    page.goto(f"/queue/{figure_id}")
    offered = page.locator("#values-team option").evaluate_all("options => options.map(o => o.value)")
    assert set(offered) == teams[own]
    assert set().union(*teams.values()) - teams[own], "another council has teams too, and they are not offered"


def test_what_was_typed_is_not_lost_by_a_mistake(page: Page, store: Store) -> None:
    page.goto(f"/queue/{MISPRINT}")
    page.keyboard.press("c")
    form = page.locator("form", has=page.get_by_role("button", name="Record the correction"))
    form.get_by_label("Value", exact=True).fill("39")
    form.get_by_label("Period").fill("last year")
    form.get_by_label("Why").fill("slip")
    form.get_by_role("button", name="Record the correction").click()
    expect(page.get_by_role("alert")).to_contain_text("“last year” is no period")
    expect(form.get_by_label("Value", exact=True)).to_have_value("39")
    assert recorded(store) == []


def test_a_decision_is_undone(page: Page, store: Store) -> None:
    page.goto("/queue")
    first = page.url
    page.keyboard.press("1")
    page.wait_for_url("**done=1")
    page.keyboard.press("u")
    page.wait_for_url("**done=2")
    assert first in page.url
    assert [decision.action for decision in recorded(store)] == ["correct", "undo"]
    with store.reading() as connection:
        assert standing_of(connection, Subject("figure", GARBLED)).status == "open"


def test_skipping_changes_nothing_and_can_be_shared(page: Page, new_page: NewPage, store: Store) -> None:
    page.goto("/queue?grade=doubtful&authority=E08000027")
    page.keyboard.press("s")
    page.wait_for_url(lambda url: url.endswith("grade=doubtful") or "authority=E08000027" in url)
    expect(page.locator(".head p.soft").first).to_contain_text("2 of")
    shown = page.locator("h2.figure").text_content()
    colleague = new_page()
    colleague.goto(page.url)
    expect(colleague.locator("h2.figure")).to_have_text(str(shown))
    assert recorded(store) == []


def test_a_missing_figure_is_drawn_and_added(page: Page, store: Store) -> None:
    page.goto("/documents?q=dudley_2013-14")
    page.get_by_role("link", name="dudley/dudley_2013-14_report.pdf").click()
    page.goto(page.url[:-1] + "5")
    page.keyboard.press("n")
    page.wait_for_url("**add=new**")
    word = page.locator("svg .print text", has_text="The youngest was")
    word.scroll_into_view_if_needed()
    # "9" in "was 9 years": found by where it stands in its line.
    place = word.evaluate(
        """(line) => { const at = line.textContent.indexOf(" 9 ") + 1, box = line.getExtentOfChar(at), all = line.getBBox();
           const onScreen = line.getBoundingClientRect(); const share = (x) => onScreen.left + (x - all.x) / all.width * onScreen.width;
           return {left: share(box.x), right: share(box.x + box.width), top: onScreen.top, bottom: onScreen.bottom}; }"""
    )
    page.mouse.move(place["left"] - 4, place["top"] - 2)
    page.mouse.down()
    page.mouse.move(place["right"] + 5, place["bottom"] + 3, steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile(r"add=\d"))
    form = page.locator(".adding form")
    expect(form.get_by_label("Printed")).to_have_value("9")
    expect(form.get_by_label("Value", exact=True)).to_have_value("9")
    expect(form.get_by_label("Period")).to_have_value("2013/14")
    form.get_by_label("Dimension 1", exact=True).select_option("age")
    form.get_by_label("Value of dimension 1").fill("youngest")
    form.get_by_role("button", name="Add it").click()
    page.wait_for_url("**figure=**")
    expect(page.locator("svg .box.chosen")).to_be_visible()
    with store.reading() as connection:
        added = connection.execute(select(figures).where(figures.c.rule == "added")).mappings().one()
    assert (added["value"], added["printed"], added["page"], added["measure"]) == ("9", "9", 5, "complaints")


def test_an_unplaced_number_is_added_without_drawing(new_page: NewPage, store: Store) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/documents?q=dudley_2013-14")
    page.get_by_role("link", name="dudley/dudley_2013-14_report.pdf").click()
    page.goto(page.url[:-1] + "3")
    page.get_by_role("link", name=re.compile("^Add it as a figure")).click()
    form = page.locator(".adding form")
    form.get_by_label("Value", exact=True).fill("3")
    form.get_by_role("button", name="Add it").click()
    assert [decision.action for decision in recorded(store)] == ["add"]


def log_in(page: Page, name: str, path: str = "/") -> None:
    page.goto(path)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator(".who")).to_contain_text(name)


@pytest.fixture
def people(store: Store) -> None:
    add_account(store, "ada", "administrator", password=PASSWORD)
    add_account(store, "ben", "auditor", password=PASSWORD)
    add_account(store, "vic", "viewer", password=PASSWORD)


def test_the_second_of_two_auditors_is_told_of_the_first(people: None, new_page: NewPage, store: Store) -> None:
    ada, ben = new_page(), new_page()
    log_in(ada, "ada", f"/queue/{MISPRINT}")
    log_in(ben, "ben", f"/queue/{MISPRINT}")
    ada.keyboard.press("a")
    ada.wait_for_url("**done=1")
    ben.keyboard.press("1")
    expect(ben.get_by_role("heading", level=1)).to_have_text("Somebody was faster")
    expect(ben.locator("main")).to_contain_text("ada accepted it")
    assert [(d.who, d.action) for d in recorded(store)] == [("ada", "accept")]
    ben.get_by_role("link", name="Look at it again").click()
    expect(ben.locator(".history")).to_contain_text("ada accepted it")


def test_everybody_logs_in_and_a_viewer_decides_nothing(people: None, new_page: NewPage, store: Store) -> None:
    page = new_page()
    page.goto("/queue")
    expect(page).to_have_url(re.compile("/login"))
    log_in(page, "vic", f"/queue/{MISPRINT}")
    expect(page.locator(".relation").first).to_be_visible()
    assert page.locator("main form[method=post]").count() == 0
    page.keyboard.press("a")
    answer = page.request.post(f"/queue/{MISPRINT}", form={"action": "accept", "saw": ""})
    assert answer.status == 403
    with store.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(decisions)) == 0
