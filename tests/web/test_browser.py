"""The explorer and the report in a real Chromium: every page, phone and desktop, light and dark, checked with axe.

Screenshots go to `artifacts/screenshots`, where CI keeps them.
"""

import shutil
import threading
import time
from pathlib import Path

import pytest
import uvicorn
from sample_articles import HOSTILE

from claimgraph.graphs import Graph
from claimgraph.store.observations import Filter
from claimgraph.vocab import Ruling
from claimgraph.web.app import Judging, make_app
from claimgraph.web.report import report

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SHOTS = Path(__file__).resolve().parents[2] / "artifacts" / "screenshots"
# Chromium started as root needs no sandbox; nothing of it may look for a network
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}


@pytest.fixture(scope="module")
def own_path(sample_path, tmp_path_factory):
    """A store of the sample articles with a judgement, for this module to write to."""
    path = tmp_path_factory.mktemp("browser") / "own.db"
    shutil.copy(sample_path, path)
    with Graph.open(path) as graph:
        claims = [claim.id for claim in graph.claims() if claim.value_text in ("67", "41")]
        made = "2024-02-03T10:30:00+00:00"
        graph.judge(Ruling.DIFFERENT, *claims, author="Ada", made=made, note=f"other things {HOSTILE}")
    return path


@pytest.fixture(scope="module")
def graph(own_path):
    with Graph.open(own_path, read_only=True) as found:
        yield found


@pytest.fixture(scope="module")
def address(graph, own_path):
    judging = Judging(writer=lambda: Graph.open(own_path), now=lambda: "2024-02-04T09:00:00+00:00")
    app = make_app(graph, judging=judging)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def chromium():
    if CHROMIUM is None:
        pytest.skip("needs Chromium (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def pages(graph):
    card = graph.conflicts()[0]
    key, claim, other = card.summary.key, card.a.value.claim.id, card.b.value.claim.id
    return {
        "start": "/",
        "start-narrowed": "/?q=defectors&kind=count&since=1",
        "observation": f"/observation/{key}",
        "toll": f"/observation/{graph.observations(Filter(measure='killed'))[0].key}",
        "article": "/article?id=herald",
        "article-sums": "/article?id=sums",
        "articles": "/articles",
        "outlet": "/outlet?name=The%20Herald",
        "entity": "/entity?name=North%20Korea",
        "article-chosen": f"/article?id=herald#fields-{claim}",
        "changes": "/changes?since=1",
        "judge": f"/judge?claim={claim}&other={other}&ruling=different",
        "judgements": "/judgements",
        "missing": "/observation/nothing",
    }


def violations(page):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    return [(item["id"], item["nodes"][0]["html"]) for item in found.response["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_accessible_and_fits(chromium, address, pages, size, scheme):
    width, height = SIZES[size]
    # axe is injected as a script, which our policy rightly refuses
    context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    SHOTS.mkdir(parents=True, exist_ok=True)
    problems = {}
    for name, path in pages.items():
        page.goto(address + path)
        page.screenshot(path=SHOTS / f"{name}-{size}-{scheme}.png", full_page=True)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found = violations(page) + ([("overflows", str(overflow))] if overflow > 0 else [])
        if found:
            problems[name] = found
    context.close()
    assert problems == {}


def test_hostile_text_runs_nothing(chromium, address):
    context = chromium.new_context()
    page = context.new_page()
    page.on("dialog", lambda dialog: pytest.fail("a script ran"))
    for path in ("/", "/articles", "/entity?name=goats"):
        page.goto(address + path)
        assert page.title() != "broken"
    page.goto(f"{address}/articles")
    page.get_by_role("link", name=HOSTILE[:8]).first.click()
    page.wait_for_load_state()
    assert page.title() != "broken"
    assert page.locator("img").count() == 0
    context.close()


def test_search_as_you_type_narrows_the_cards(chromium, address):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address)
    assert page.locator("article.conflict").count() == 1
    page.get_by_label("Search").press_sequentially("unemployment")
    page.wait_for_url("**q=unemployment**")
    assert page.locator("article.conflict").count() == 0
    context.close()


def test_pages_read_without_script(chromium, address, pages):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in pages.values():
        page.goto(address + path)
        assert page.locator("h1").count() == 1
    context.close()


def test_a_card_can_be_followed_by_keyboard(chromium, address):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('article.conflict') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/observation/**")
    context.close()


def test_pages_read_on_paths_that_a_newcomer_takes(chromium, address):
    """From a card to its question, to the sentence in its article, to every field of the figure."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.locator("article.conflict h2 a").first.click()
    page.locator(".statements mark a").first.click()
    assert "#claim-" in page.url
    page.locator("mark:target a").click()
    fields = page.locator(".fields:target")
    assert fields.is_visible()
    assert "qualifier" in fields.text_content()
    fields.get_by_role("link", name="Close").click()
    assert page.locator(".fields:visible").count() == 0
    context.close()


def test_fields_show_under_the_pointer_and_arrows_are_drawn(chromium, address):
    context = chromium.new_context()
    page = context.new_page()
    page.on("console", lambda message: pytest.fail(message.text) if message.type == "error" else None)
    page.goto(f"{address}/article?id=sums")
    page.locator("mark[data-fields]").first.hover()
    assert page.locator(".fields:visible").count() == 1
    page.mouse.move(0, 0)
    assert page.locator(".fields:visible").count() == 0
    assert page.locator("svg.arrows path").count() == 1
    context.close()


def test_claim_is_judged_and_taken_back_without_script(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("link", name="Not the same question?").first.click()
    page.get_by_label("Your name").fill("Grace")
    page.get_by_role("button", name="Store this judgement").click()
    assert "asks another question than" in page.locator(".remark").first.text_content()
    page.goto(address)
    assert page.locator("article.conflict").count() == 0
    page.goto(f"{address}/judgements")
    page.locator("article", has_text="Grace").get_by_role("button", name="Take back").click()
    page.goto(address)
    assert page.locator("article.conflict").count() == 1
    context.close()


def test_next_visit_counts_what_came_meanwhile(chromium, address):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address)
    assert page.locator(".visit a").count() == 0
    page.evaluate("localStorage.setItem('claimgraph-run', '1'); sessionStorage.clear()")
    page.goto(address)
    page.locator(".visit a").click()
    assert "since=2" in page.url
    context.close()


def test_report_opens_from_disk_without_a_network(chromium, sample, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(report(sample), encoding="utf-8")
    context = chromium.new_context(offline=True)
    page = context.new_page()
    page.on("request", lambda request: None if request.url.startswith("file:") else pytest.fail(request.url))
    page.goto(file.as_uri())
    assert page.locator("article.conflict").count() == 1
    page.locator("article.conflict mark a").first.click()
    assert page.evaluate("document.querySelector(':target') !== null")
    assert violations(page) == []
    context.close()
