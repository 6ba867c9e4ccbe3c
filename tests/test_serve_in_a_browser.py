"""The pages of `vivavoz serve`, as a reader with a browser has them."""

from __future__ import annotations

import shutil
import wave
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Literal

import pytest
from browser import find_barriers, overflows, wait
from pages import ENGLISH, HEARD, say
from served import Server, build_shelf, serve
from vivavoz.scripts.page.content import Kind, Passage
from vivavoz.scripts.page.page import write_page

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCRIPT = "document.title = 'It ran'"
PAGE = f"""<!doctype html><html lang="en"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; media-src 'self';
script-src 'sha256-{b64encode(sha256(SCRIPT.encode()).digest()).decode()}'">
<title>Page</title><audio src="sound.wav" preload="auto"></audio><script>{SCRIPT}</script>
"""


def write_sound(path: Path, seconds: int) -> None:
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(2 * 8000 * seconds))


def write_heard(folder: Path) -> None:
    """Make of an interview another, with a recording, and a word at 12 s that no other has."""
    passages = tuple(
        Passage(Kind.SPEECH, at, at + 1000, say(f"{said}{' word' * 60}", at, 10), "Ann")
        for at, said in [(at, "Zenith" if at == 12_000 else "Now") for at in range(0, 16_000, 1000)]
    )
    version = replace(ENGLISH, passages=passages, described=None, clips=None)
    content = replace(HEARD, versions=(version,))
    (folder / "index.html").write_text(write_page(content), encoding="utf-8")
    captions = "WEBVTT\n\n00:12.000 --> 00:13.000\nLook at the zenith.\n"
    (folder / "captions.en.vtt").write_text(captions, encoding="utf-8")
    write_sound(folder / "recording.wav", 16)


def is_in_sight(page: Page, text: str) -> bool:
    box = page.get_by_text(text).first.bounding_box()
    height = page.evaluate("innerHeight")
    return box is not None and 0 <= box["y"] <= box["y"] + box["height"] <= height


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    shelf = build_shelf(tmp_path_factory.mktemp("talks"))
    (shelf / "the-lighthouse" / "played.html").write_text(PAGE, encoding="utf-8")
    (shelf / "radio" / "el faro & la niña" / "index.html").unlink()
    write_sound(shelf / "the-lighthouse" / "sound.wav", 2)
    write_heard(shutil.copytree(shelf / "the-lighthouse", shelf / "heard"))
    with serve(shelf) as server:
        yield server


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_nothing_on_the_pages_is_a_barrier(
    server: Server, page: Page, width: int, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 640})
    for path, told in [
        ("/", "The last lamp on the coast"),
        ("/?q=the", "People think that you look at a lighthouse"),
        ("/?q=zebra", "No sentence has all of these words"),
        ("/radio/el%20faro%20%26%20la%20ni%C3%B1a/", "There is no page of this interview yet"),
    ]:
        page.goto(server.address + path)
        assert told in page.inner_text("main")
        assert not find_barriers(page)
        assert not overflows(page)


def test_somebody_without_a_mouse_searches_and_comes_to_the_place(
    server: Server, page: Page
) -> None:
    page.goto(server.address)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("bearings")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=bearings")
    assert page.inner_text("mark") == "bearings"
    page.locator(".at").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/index.html#t=*")
    # The interview's page has a policy of its own: nothing of it may be complained of.
    assert page.inner_text("h1") == "The last lamp on the coast"
    # Nothing is played there, so that nothing has a time: the words lead to the place.
    wait(page, "scrollY > 0")
    assert is_in_sight(page, "bearings")
    page.goto(f"{server.address}/?q=zenith")
    page.locator(".at").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/heard/index.html#t=12.000*")
    wait(page, "media.readyState > 1 && !media.seeking")
    assert page.evaluate("media.currentTime") == 12
    assert is_in_sight(page, "Zenith")
    page.goto(f"{server.address}/the-lighthouse/played.html")
    assert page.title() == "It ran"


def test_a_browser_plays_and_shows_files_by_themselves(server: Server, page: Page) -> None:
    page.goto(f"{server.address}/the-lighthouse/report.json")
    assert '"title": "The last lamp on the coast"' in page.inner_text("body")
    for path, player in [("played.html", "audio"), ("sound.wav", "video")]:
        page.goto(f"{server.address}/the-lighthouse/{path}")
        page.wait_for_function(f"document.querySelector('{player}').duration === 2")


def test_a_foreign_page_sees_nothing(
    server: Server, page: Page, complaints: list[str], tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>Foreign</title>", encoding="utf-8")
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    handler.log_message = lambda *_: None  # type: ignore[attr-defined]
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as foreign:
        Thread(target=foreign.serve_forever, daemon=True).start()
        page.goto(f"http://127.0.0.1:{foreign.server_port}/")
        told = page.evaluate(
            """async address => {
                const ask = async options => {
                    try { return await (await fetch(address, options)).text() }
                    catch { return 'nothing' }
                }
                const frame = document.createElement('iframe')
                frame.src = address
                const shown = new Promise(resolve => { frame.onload = resolve })
                document.body.append(frame)
                await shown
                return [await ask({}), await ask({mode: 'no-cors'}), frame.contentDocument]
            }""",
            server.address,
        )
        foreign.shutdown()
    assert told == ["nothing", "nothing", None]
    assert complaints
    complaints.clear()
