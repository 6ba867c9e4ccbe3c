"""Chromium, as a reader's browser: pages are opened in it, and judged there by axe-core.

A test that asks for `page` fails where the page complains (an error in the console, an exception,
anything that its Content-Security-Policy forbids) or asks for something outside this machine. A
test that expects a complaint asks for `complaints`, too, and takes it out.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("VIVAVOZ_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
AXE = Path(os.environ.get("VIVAVOZ_AXE", ROOT / "node_modules" / "axe-core")) / "axe.min.js"

_PATIENCE_S = 20
_LOCAL = ("file:", "data:", "blob:", "about:", "http://127.0.0.1:")
_SWITCHES = (
    "--no-sandbox",  # which Chromium can't have where the tests run as root
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one browser for all tests."""
    if not CHROMIUM:
        pytest.skip("needs chromium here or at VIVAVOZ_CHROMIUM")
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_SWITCHES))
        yield started
        started.close()


@pytest.fixture
def complaints() -> list[str]:
    """Return what the page complained of until now."""
    return []


@pytest.fixture
def page(browser: Browser, complaints: list[str]) -> Iterator[Page]:
    """Open an empty page that nobody else has, and hold at the end that it had no complaint."""

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":  # what the policy forbids is told as one
            complaints.append(message.text)

    def watch(request: Request) -> None:
        if not request.url.startswith(_LOCAL):
            complaints.append(f"asks for {request.url}")

    context = browser.new_context(service_workers="block")
    opened = context.new_page()
    opened.on("console", hear)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("request", watch)
    yield opened
    context.close()
    assert not complaints


def wait(page: Page, expression: str) -> None:
    """Wait until that holds; Playwright's own waiting is forbidden by the pages' policy."""
    end = monotonic() + _PATIENCE_S
    while not page.evaluate(expression):
        assert monotonic() < end, expression
        page.wait_for_timeout(20)


def find_barriers(page: Page) -> list[str]:
    """Return what axe-core has against the page as it is shown now, and what it is unsure of."""
    if not AXE.is_file():
        pytest.skip("needs npm's axe-core here or at VIVAVOZ_AXE")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations', 'incomplete'], preload: false})")
    return [
        f"{rule['id']}: {node['html']}: {node['failureSummary']}"
        for rule in (*found["violations"], *found["incomplete"])
        for node in rule["nodes"]
    ]


def overflows(page: Page) -> bool:
    """Whether one has to scroll sideways to read the page (WCAG 2.2, 1.4.10)."""
    return page.evaluate("document.scrollingElement.scrollWidth > window.innerWidth")
