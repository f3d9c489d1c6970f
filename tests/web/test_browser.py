"""The pages in a real browser: Debian's Chromium, headless. Skipped where it is not installed."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from fastapi import FastAPI

from selon.ledger import open_ledger
from selon.ledger.accounts import set_account
from selon.web import create_app
from selon.web.passwords import hashed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = next((p for p in (shutil.which("chromium"), shutil.which("chromium-browser"), shutil.which("google-chrome")) if p), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SHOTS = os.environ.get("SELON_SCREENSHOTS")


@contextmanager
def served(app: FastAPI) -> Iterator[int]:
    """The port at which an application answers."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = int(s.getsockname()[1])
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        thread.join(0.05)
    yield port
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def site(address: str) -> Iterator[str]:
    with served(create_app(address)) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        b = p.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield b
        b.close()


def open_page(browser: Browser, url: str, width: int = 1280, dark: bool = False) -> tuple[Page, list[str]]:
    """A page and the list in which its errors gather."""
    page = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", locale="fr-FR"
    ).new_page()
    problems: list[str] = []
    page.on("console", lambda m: problems.append(m.text) if m.type in ("error", "warning") and "willReadFrequently" not in m.text else None)
    page.on("pageerror", lambda e: problems.append(str(e)))
    page.goto(url)
    page.wait_for_load_state("networkidle")
    return page, problems


def inked(page: Page, canvas: str) -> int:
    """Distinct colours on a canvas: an empty one has one."""
    return int(page.evaluate(
        "id => { const c = document.getElementById(id), d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data, s = new Set();"
        " for (let i = 0; i < d.length; i += 4) s.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2]); return s.size; }", canvas))  # fmt: skip


@pytest.mark.parametrize("width", [390, 1280, 2560])
@pytest.mark.parametrize("dark", [False, True])
def test_overview_draws_and_fits(browser: Browser, site: str, width: int, dark: bool) -> None:
    page, problems = open_page(browser, site + "/", width, dark)
    page.wait_for_selector("body[data-ready]")
    page.wait_for_timeout(400)
    assert inked(page, "timeline") > 5 and inked(page, "map") > 5
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"overview-{width}-{'dark' if dark else 'light'}.png"))
    assert problems == []


def test_from_the_list_to_the_sentence(browser: Browser, site: str) -> None:
    page, problems = open_page(browser, site + "/?place=graville")
    page.click("ol.incidents a")
    page.click("td .entry a")
    page.wait_for_selector("mark.chosen")
    assert page.evaluate("(r => r.top >= 0 && r.bottom <= innerHeight)(document.querySelector('mark.chosen').getBoundingClientRect())")
    assert problems == []


def test_brushing_the_timeline_sets_the_period(browser: Browser, site: str) -> None:
    page, problems = open_page(browser, site + "/")
    page.wait_for_selector("body[data-ready]")
    box = page.locator("#timeline").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + box["height"] - 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 30, box["y"] + box["height"] - 40, steps=4)
    page.mouse.up()
    page.wait_for_url("**since=**")
    page.wait_for_selector("[data-chip=since]")
    assert page.input_value("input[name=since]") != "" and page.locator("ol.incidents li").count() == 2
    page.go_back()
    page.wait_for_selector("[data-chip=since]", state="detached")
    assert page.locator("ol.incidents li").count() == 3 and page.input_value("input[name=since]") == ""
    assert problems == []


def test_keyboard_reaches_everything(browser: Browser, site: str) -> None:
    page, _ = open_page(browser, site + "/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/incident/**")


def test_pasting_a_text_reads_it(browser: Browser, site: str) -> None:
    page, problems = open_page(browser, site + "/add")
    page.fill("textarea", "Deux soldats ont été blessés lundi à Kharkiv, selon le maire Igor Petrov.")
    page.click(".drop button")
    page.wait_for_selector(".done", timeout=60000)
    assert "1 nouveaux" in page.inner_text(".done")
    assert problems == []


@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/measures?territory=Graville&day=2024-03-05",
        "/sources",
        "/reports",
        "/search?q=frappe",
        "/add",
        "/report/a?mark=e0&layer=times&layer=places&layer=statements",
        "/source?name=le+maire",
        "/report/a/compare",
        "/?place=zzz",
        "/incident/none",
    ],
)
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_no_violation(browser: Browser, site: str, url: str, dark: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page, _ = open_page(browser, site + url, 1280, dark)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_filters_replace_the_list_without_a_new_page(browser: Browser, site: str) -> None:
    page, problems = open_page(browser, site + "/")
    page.wait_for_selector("body[data-ready]")
    page.evaluate("window.same = true")
    page.check("input[name=disputed]")
    page.wait_for_selector("[data-chip=disputed]")
    assert page.locator("ol.incidents li").count() == 1 and "disputed=1" in page.url
    page.fill("#filters input[name=q]", "barrage")
    page.press("#filters input[name=q]", "Enter")
    page.wait_for_selector("[data-chip=q]")
    assert page.locator("ol.incidents li").count() == 0
    page.click("[data-chip=disputed]")
    page.wait_for_selector("[data-chip=disputed]", state="detached")
    assert page.locator("ol.incidents li").count() == 1 and "Loinville" in page.inner_text("ol.incidents")
    page.click("[data-chip=q]")
    page.wait_for_selector("[data-chip=q]", state="detached")
    page.click("[data-value=weight]")
    page.wait_for_url("**sort=weight**")
    assert page.evaluate("window.same") and problems == []


def test_map_and_list_point_at_each_other_and_a_part_of_the_map_filters(browser: Browser, site: str) -> None:
    page, problems = open_page(browser, site + "/")
    page.wait_for_selector("body[data-ready]")
    page.locator("#map").focus()
    for _ in range(4):
        page.keyboard.press("+")
        page.wait_for_timeout(300)
    page.click("[data-box]")
    page.wait_for_url("**box=**")
    page.wait_for_selector("[data-chip=box]")
    assert page.locator("ol.incidents li").count() < 3
    page.goto(site + "/")
    page.wait_for_selector("body[data-ready]")
    page.hover("ol.incidents li >> nth=1")
    assert page.locator("ol.incidents li.lit").count() == 1
    assert "sans lieu sur la carte" in page.inner_text("#unplaced") and page.locator("#unplaced li").count() == 1
    assert problems == []


def test_pictures_are_saved(browser: Browser, site: str) -> None:
    page, problems = open_page(browser, site + "/")
    page.wait_for_selector("body[data-ready]")
    for name in ("timeline", "map"):
        with page.expect_download() as made:
            page.click(f"[data-png={name}]")
        assert Path(made.value.path()).read_bytes().startswith(b"\x89PNG") and made.value.suggested_filename == f"selon-{name}.png"
    page.click("ol.incidents li.contested a")
    with page.expect_download() as made:
        page.click("[data-png-svg]")
    assert Path(made.value.path()).read_bytes().startswith(b"\x89PNG")
    assert problems == []


def test_the_offline_file_opens_without_network_and_leads_to_its_evidence(browser: Browser, site: str, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page, _ = open_page(browser, site + "/?disputed=1")
    page.click("ol.incidents li.contested a")
    page.click(".menu summary")
    with page.expect_download() as made:
        page.click('a[href*="/save/incident/"][href*=".html"]')
    file = tmp_path / "incident.html"
    file.write_bytes(Path(made.value.path()).read_bytes())
    context = browser.new_context(java_script_enabled=True, offline=True)
    alone = context.new_page()
    asked: list[str] = []
    alone.on("request", lambda r: asked.append(r.url))
    problems: list[str] = []
    alone.on("console", lambda m: problems.append(m.text))
    alone.goto(file.as_uri())
    assert [u for u in asked if not u.startswith("file:")] == [] and problems == []
    assert alone.evaluate("getComputedStyle(document.querySelector('.tag.disputed')).borderStyle") == "dashed"
    alone.click("td .entry a")
    assert "#" in alone.url and alone.locator("blockquote:target mark.event").count() == 1
    found = Axe().run(open_page(browser, file.as_uri())[0])
    assert found.violations_count == 0, found.generate_report()


def test_the_slider_replays_an_incident(browser: Browser, site: str) -> None:
    page, problems = open_page(browser, site + "/?disputed=1")
    page.click("ol.incidents li.contested a")
    page.wait_for_selector("input[type=range]")
    page.focus("input[type=range]")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**until=2024-03-05**")
    assert "1 articles sur 2" in page.inner_text("main .problem")
    assert problems == []


def test_layers_and_reasons_of_a_report(browser: Browser, site: str) -> None:
    page, problems = open_page(browser, site + "/report/a")
    assert page.locator("article mark.time").count() == 0
    page.check("[data-layer=times]")
    page.wait_for_url("**layer=times**")
    page.uncheck("[data-layer=statements]")
    page.wait_for_function("!location.search.includes('layer=statements')")
    assert page.locator("article mark.source").count() == 0 and page.locator("article mark.event").count() > 0
    assert problems == []


def test_help_is_a_key_away_and_g_goes(browser: Browser, site: str) -> None:
    page, problems = open_page(browser, site + "/reports")
    page.keyboard.press("?")
    assert page.locator("dialog[open]").count() == 1
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url("**/sources")
    assert problems == []


def test_script_cannot_make_markup_from_text(browser: Browser, site: str) -> None:
    page, _ = open_page(browser, site + "/")
    assert "TrustedHTML" in page.evaluate(
        "(() => { try { document.body.innerHTML = '<b>x</b>'; return 'done'; } catch (e) { return e.message; } })()"
    )
    assert (
        page.evaluate("(() => { try { trustedTypes.createPolicy('p', {}); return 'made'; } catch (e) { return 'refused'; } })()")
        == "refused"
    )


def test_axe_on_an_incident(browser: Browser, site: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page, _ = open_page(browser, site + "/?place=graville")
    page.click("ol.incidents a")
    page.wait_for_load_state("networkidle")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def sign(page: Page, site: str, name: str = "Ada") -> None:
    page.goto(site + "/review")
    page.fill("input[name=author]", name)
    page.press("input[name=author]", "Enter")
    page.wait_for_selector(".verdicts")


@pytest.mark.parametrize("width", [390, 1280, 2560])
@pytest.mark.parametrize("dark", [False, True])
def test_review_is_accessible_and_fits(browser: Browser, site: str, width: int, dark: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page, problems = open_page(browser, site + "/review", width, dark)
    sign(page, site)
    for k in range(2):
        page.goto(f"{site}/review?at={k}")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if page.locator("details summary").count():
            page.keyboard.press("c")
            assert page.locator("details[open]").count() == 1
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        if SHOTS:
            page.screenshot(path=str(Path(SHOTS) / f"review-{k}-{width}-{'dark' if dark else 'light'}.png"), full_page=True)
    assert problems == []


def test_one_key_judges_one_takes_back_one_goes_on(browser: Browser, site: str) -> None:
    page, problems = open_page(browser, site + "/review")
    sign(page, site)
    total = page.inner_text(".when >> nth=0")
    assert page.locator("article.side-by-side").count() == 2
    page.keyboard.press("n")
    page.wait_for_url("**/review?at=1")
    page.goto(site + "/review")
    page.keyboard.press("u")
    page.wait_for_selector("[data-key=z]")
    assert page.inner_text(".when >> nth=0") != total
    page.keyboard.press("z")
    page.wait_for_selector("[data-key=z]", state="detached")
    assert page.inner_text(".when >> nth=0") == total
    page.focus("input[name=note]")
    page.keyboard.type("un")
    assert page.input_value("input[name=note]") == "un" and "/review" in page.url
    assert problems == []


def test_review_works_without_script(browser: Browser, site: str) -> None:
    page = browser.new_context(java_script_enabled=False, locale="en-US").new_page()
    sign(page, site)
    page.click("button[value=different]")
    page.wait_for_selector("[data-key=z]")
    assert "different occurrences" in page.inner_text("[data-key=z]")


def test_people_log_in_keep_accounts_and_log_out(browser: Browser, address: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with open_ledger(address) as ledger:
        set_account(ledger, "Olga", "owner", hashed("quatre mots sans rapport"), "test")
    with served(create_app(address, accounts=True)) as port:
        here = f"http://localhost:{port}"  # browsers keep secure cookies for this name without TLS
        page, problems = open_page(browser, here + "/accounts")
        assert Axe().run(page).violations_count == 0 and page.locator("header nav").count() == 0
        page.fill("input[name=name]", "Olga")
        page.fill("input[name=password]", "quatre mots sans rapport")
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/accounts")
        assert Axe().run(page).violations_count == 0
        page.fill("main form.filters input[name=name]", "Ida")
        page.fill("main form.filters input[name=password]", "encore des mots sans rapport")
        page.press("main form.filters input[name=password]", "Enter")
        page.wait_for_selector("th:has-text('Ida')")
        page.goto(here + "/audit")
        assert "Ida: reader" in page.inner_text("table") and Axe().run(page).violations_count == 0
        page.goto(here + "/review")
        page.keyboard.press("u")
        page.wait_for_selector("[data-key=z]")
        page.click("form[action='/logout'] button")
        page.wait_for_url("**/login")
        page.goto(here + "/")
        assert "/login" in page.url and problems == []
