"""The HTML report in a real browser: Debian's Chromium, headless, the pages opened from files as a reader opens them."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench import limits
from cleaner import clean_folder
from cleaner.reports import write_reports
from tests import hostile

ROOT = Path(__file__).resolve().parent.parent

# Preloading would fetch the style sheet a second time, which the pages forbid.
AXE = {"preload": False, "resultTypes": ["violations"]}

pytestmark = pytest.mark.skipif(limits.chromium() is None, reason="no browser: there is no chromium on the PATH (Debian's package chromium)")

HOSTILE = """<script>document.title = "taken"; window.taken = true</script> & <b>council</b> "votes" on 'buses'

<img src=x onerror="window.taken = true"> The last bus waits. (Photo: </textarea><script>window.taken = true</script>)
<img src=x onerror="window.taken = true"> The last bus waits. (Photo: </textarea><script>window.taken = true</script>)
javascript:window.taken=true

<script>document.title = "taken"; window.taken = true</script> & <b>council</b> "votes" on 'buses'

The council has put off its vote \u202eesrever\u202c on \x1b[31mnight\x1b[0m buses {{ 7 * 7 }} until October, members said on Friday evening.

</article></section></main><iframe src="javascript:window.taken=true"></iframe> A petition for the buses has gathered 5,200 names in the town.
"""


def story(number: int) -> str:
    """An article whose headline and caption stand twice."""
    headline, caption = f"Parish {number} opens its archive to the public", f"Boxes of letters from parish {number} on a trolley."
    body = f"The archive of parish {number} opens on Monday, the clerk said. It holds letters, maps and the minutes of two centuries."
    return f"{headline}\n\n{caption} (Archive)\n{caption}\n\n{headline}\n\n{body}\n\nEntry is free, and guides are there on weekdays until five.\n"


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The report of the samples, of a hostile text, and of enough articles for a second page."""
    folder = tmp_path_factory.mktemp("browser")
    shutil.copytree(ROOT / "raw", folder / "raw")
    (folder / "raw" / "a-hostile.txt").write_text(HOSTILE, encoding="utf-8")
    (folder / "raw" / "broken.txt").write_bytes(b"\x00\xff\xfe\x00 no text \xff")
    for number in range(100):
        (folder / "raw" / "parish.example").mkdir(exist_ok=True)
        (folder / "raw" / "parish.example" / f"{number:03}.txt").write_text(story(number), encoding="utf-8")
    clean_folder(folder / "raw", folder / "clean")
    [index] = write_reports(folder / "clean", folder / "report", ["html"])
    return index.parent


@pytest.fixture(scope="module")
def browser():
    with limits.browser() as opened:
        yield opened


@contextmanager
def opened(browser, path, **context):
    """A page, and the complaints and requests that it made: none may be left at the end."""
    with browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context}) as own:
        own.set_default_timeout(10_000)
        page = own.new_page()
        faults = []
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: faults.extend([] if request.url.startswith("file:") else [request.url]))
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        page.goto(f"file://{path}")
        yield page
        assert faults == []


def settled(page):
    """After the pause that the filters wait for typing to end."""
    page.wait_for_timeout(300)


def seen(page, selector):
    return page.locator(selector).locator("visible=true").count()


@pytest.mark.parametrize("name", ["index.html", "page-1.html", "page-2.html"])
def test_a_page_opens_without_a_complaint(report, browser, name):
    """Nothing is asked of a network, the policy is obeyed, the script runs."""
    with opened(browser, report / name) as page:
        assert page.locator(".helper").is_visible()
        assert page.locator(".filters").is_visible()


def test_hostile_copy_stays_text(report, browser):
    """No element of a page comes from the copy, nothing of it runs, controls and turns of direction are shown as escapes."""
    for name in ("index.html", "page-1.html"):
        with opened(browser, report / name) as page:
            assert page.evaluate("window.taken") is None
            assert page.title() != "taken"
            assert page.locator("script").count() == 1
            assert page.locator("img, iframe, textarea, main b b, [onerror]").count() == 0
            assert page.locator("a[href^='javascript'], a[href^='http']").count() == 0
            assert not {"\u202e", "\x1b"} & set(page.content())
    with opened(browser, report / "page-1.html") as page:
        article = page.locator("article", has_text="{{ 7 * 7 }}")
        assert article.locator("h2").text_content().startswith("<script>document.title")
        assert "\\u202eesrever" in article.text_content()


OURS = {
    "a", "article", "b", "bdi", "body", "button", "code", "dd", "del", "details", "dialog", "div", "dl", "dt", "fieldset", "footer", "form", "h1", "h2", "h3",
    "head", "header", "html", "i", "input", "kbd", "label", "legend", "li", "link", "main", "mark", "meta", "nav", "ol", "option", "output", "p", "q", "rect",
    "script", "section", "select", "span", "summary", "svg", "table", "tbody", "td", "th", "thead", "title", "tr",
}


def test_320_hostile_strings_in_every_place_stay_text(browser, tmp_path):
    """On every page: only our elements, one script of ours, no handler, no link out, no dialog, no request; and a search over all finds them."""
    hostile.build(tmp_path / "raw")
    clean_folder(tmp_path / "raw", tmp_path / "clean")
    write_reports(tmp_path / "clean", tmp_path / "report", ["html"])
    pages = sorted((tmp_path / "report").glob("*.html"))
    assert len(pages) > 5
    for path in pages:
        with opened(browser, path) as page:
            look = """() => {
                const all = [...document.querySelectorAll("*")];
                return {
                    tags: [...new Set(all.map(one => one.localName))],
                    handlers: all.filter(one => [...one.attributes].some(each => each.name.startsWith("on") || each.name === "style")).length,
                    links: [...document.querySelectorAll("a, link, script")].map(one => one.getAttribute("href") ?? one.getAttribute("src")),
                };
            }"""
            found = page.evaluate(look)
            assert set(found["tags"]) <= OURS
            assert found["handlers"] == 0
            assert {link for link in found["links"] if not link.startswith(("#", "page-", "index.html", "report."))} == set()
            assert found["links"].count("report.js") == 1
    with opened(browser, tmp_path / "report" / "index.html") as page:
        page.fill("[name=text]", "<script>")
        page.locator(".found tbody tr").first.wait_for()
        assert page.locator(".found tbody td script").count() == 0


def test_from_a_removed_line_to_the_copy_that_stays_and_back(report, browser):
    """One click leads to the kept line, one back to the removed one, and each is in view."""
    with opened(browser, report / "page-2.html") as page:
        article = page.locator("article", has_text="opens its archive").last
        note = article.locator(".note.remove").first
        note.locator("a.stays").click()
        kept = page.locator(":target")
        assert kept.is_visible()
        assert "opens its archive" in kept.text_content() or "Boxes of letters" in kept.text_content()
        line = kept.locator("xpath=ancestor::div[contains(@class, 'line')]")
        assert "stands for line" in line.locator(".role").text_content()
        line.locator(".role a").first.click()
        assert page.locator(":target").get_attribute("id") == note.get_attribute("id")
        assert page.locator(":target").is_visible()


def test_every_link_leads_somewhere(report, browser):
    """Each link inside the report names a page and a place that are there."""
    ids = {}
    links = []
    for path in report.glob("*.html"):
        with opened(browser, path) as page:
            found = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
            assert len(found) == len(set(found)), "an id names one place"
            ids[path.name] = set(found)
            links += [(path.name, link) for link in page.evaluate("[...document.querySelectorAll('a')].map(one => one.getAttribute('href'))")]
    for name, link in links:
        file, _, place = link.partition("#")
        assert not place or place in ids[file or name], (name, link)
        assert not file or file in ids, (name, link)
    assert len(links) > 500


def test_a_page_is_filtered(report, browser):
    """By rule, status, score, source, language and words; what is left is counted, and a reset brings all back."""
    with opened(browser, report / "page-1.html") as page:
        every = page.locator("article").count()
        output = page.locator(".filters output")
        assert output.text_content() == f"{every} articles"
        page.select_option("[name=rule]", "dateline")
        settled(page)
        shown = seen(page, "article")
        assert 0 < shown < every
        assert output.text_content() == f"{shown} of {every} articles"
        for article in page.locator("article").locator("visible=true").all():
            assert article.locator(".note[data-rule=dateline]").count()
        page.click("[type=reset]")
        settled(page)
        assert seen(page, "article") == every
        page.select_option("[name=kind]", "close")
        settled(page)
        assert 0 < seen(page, "article") == page.locator("article", has=page.locator(".note.near")).count()
        page.click("[type=reset]")
        page.fill("[name=score]", "95")
        settled(page)
        assert 0 < seen(page, "article") < every
        assert all(float(note.get_attribute("data-score")) <= 95 for note in page.locator(".note:not(.off)").locator("visible=true").all())
        page.click("[type=reset]")
        page.select_option("[name=source]", "almarsa.example")
        settled(page)
        assert seen(page, "article") == page.locator("article[data-source='almarsa.example']").count() > 0
        page.click("[type=reset]")
        page.select_option("[name=language]", "sv")
        settled(page)
        assert seen(page, "article") == page.locator("article[data-language=sv]").count() > 0
        page.fill("[name=text]", "no such words at all")
        settled(page)
        assert seen(page, "article") == 0
        assert page.locator(".none").is_visible()


def test_a_page_is_sorted(report, browser):
    """The article that lost most first, or the one with the closest call."""
    with opened(browser, report / "page-1.html") as page:
        page.select_option("[name=order]", "removed")
        settled(page)
        removed = [float(value) for value in page.eval_on_selector_all("article", "list => list.map(one => one.dataset.removed)")]
        assert removed == sorted(removed, reverse=True)
        page.select_option("[name=order]", "close")
        settled(page)
        closest = page.eval_on_selector_all("article", "list => list.map(one => Number(one.dataset.closest ?? 1000))")
        assert closest == sorted(closest)
        assert closest[0] < 1000


def test_the_index_finds_articles_on_all_pages(report, browser):
    """A search reads the shards, a result leads to its article, and what was asked for holds there."""
    with opened(browser, report / "index.html") as page:
        page.fill("[name=text]", "parish 99 opens")
        page.locator(".found tbody tr").first.wait_for()
        assert page.locator(".filters output").text_content() == "1 article"
        page.locator(".found a").click()
        page.wait_for_url("**/page-*.html**")
        assert page.locator(":target h2").text_content() == "Parish 99 opens its archive to the public"
        assert page.input_value("[name=text]") == "parish 99 opens"
        assert seen(page, "article") == 1
    with opened(browser, report / "index.html") as page:
        page.select_option("[name=rule]", "dateline")
        page.locator(".found tbody tr").first.wait_for()
        first = page.locator(".filters output").text_content()
        page.click(".filters [type=reset]")
        settled(page)
        assert page.locator(".filters output").text_content() != first


def test_the_keys(report, browser):
    """j and k go by article, n and p by edit, / to the search, u up, ? shows the help and Esc closes it."""
    with opened(browser, report / "page-1.html") as page:
        focused = "document.activeElement.id"
        page.keyboard.press("j")
        first = page.evaluate(focused)
        page.keyboard.press("j")
        second = page.evaluate(focused)
        assert first != second
        assert {first[0], second[0]} == {"a"}
        page.keyboard.press("k")
        assert page.evaluate(focused) == first
        page.keyboard.press("n")
        edit = page.evaluate(focused)
        page.keyboard.press("n")
        assert page.evaluate(focused) != edit
        assert edit.startswith("e")
        page.keyboard.press("p")
        assert page.evaluate(focused) == edit
        page.keyboard.press("?")
        assert page.locator("#help").is_visible()
        page.keyboard.press("Escape")
        assert not page.locator("#help").is_visible()
        page.keyboard.press("/")
        page.keyboard.type("just")
        assert page.input_value("[name=text]") == "just", "in the search a letter is a letter"
        page.keyboard.press("Escape")
        page.keyboard.press("u")
        page.wait_for_url("**/index.html")


def test_it_reads_without_its_script(report, browser):
    """Every article, every reason, both views and all links are there; what needs the script is not shown."""
    with opened(browser, report / "page-1.html", java_script_enabled=False) as page:
        assert seen(page, "article") == page.locator("article").count() > 50
        assert not page.locator(".filters").is_visible()
        assert not page.locator(".helper").is_visible()
        article = page.locator("article").first
        source, record = article.locator(".source"), article.locator(".record")
        assert source.bounding_box()["y"] < record.bounding_box()["y"]
        page.check("#side")
        assert source.bounding_box()["y"] == pytest.approx(record.bounding_box()["y"], abs=12)
    with opened(browser, report / "index.html", java_script_enabled=False) as page:
        assert page.locator("nav[aria-label='All pages'] a").count() == 2


def test_unreadable_input_is_listed(report, browser):
    """The index names the file and says why."""
    with opened(browser, report / "index.html") as page:
        assert page.locator("#unreadable tbody tr", has_text="broken.txt").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index.html", "page-2.html"])
def test_no_serious_fault_for_a_screen_reader(report, browser, name, scheme):
    """axe-core finds nothing serious: contrast, names, order of headings, labels, in both schemes and both views."""
    from axe_playwright_python.sync_playwright import Axe

    with opened(browser, report / name, color_scheme=scheme) as page:
        for view in ("#inline", "#side") if name != "index.html" else ("",):
            if view:
                page.check(view)
            found = Axe().run(page, options=AXE).response["violations"]
            assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found if fault["impact"] in ("serious", "critical")] == []
        if name == "index.html":
            page.keyboard.press("?")
            found = Axe().run(page, options=AXE).response["violations"]
            assert [fault["id"] for fault in found if fault["impact"] in ("serious", "critical")] == []


@pytest.mark.parametrize("name", ["index.html", "page-1.html"])
def test_it_fits_a_phone(report, browser, name):
    """Nothing is wider than the screen, in either view."""
    with opened(browser, report / name, viewport={"width": 360, "height": 740}) as page:
        for view in ("#inline", "#side") if name != "index.html" else ("",):
            if view:
                page.check(view)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_print_leaves_the_controls_out(report, browser):
    """On paper there are no filters and keys, and the struck text is still struck."""
    with opened(browser, report / "page-1.html") as page:
        page.emulate_media(media="print")
        assert not page.locator(".filters").is_visible()
        assert not page.locator(".helper").is_visible()
        assert "line-through" in page.locator("del").first.evaluate("one => getComputedStyle(one).textDecorationLine")


def test_copy_from_the_right_stands_at_the_right(report, browser):
    """Arabic copy begins at the right edge, Latin scraps in it as well; English copy begins at the left."""
    with opened(browser, report / "page-1.html") as page:
        lines = page.locator("article[data-language=ar] .line .text")
        assert {lines.nth(number).evaluate("one => getComputedStyle(one).textAlign") for number in range(lines.count())} == {"right"}
        assert page.locator("article[data-language=en] .line .text").first.evaluate("one => getComputedStyle(one).textAlign") == "start"
