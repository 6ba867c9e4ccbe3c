"""The page of an interview as people use it: watched, read, searched and set, by keyboard alone."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from browser import find_barriers, overflows, wait
from containers import ffmpeg
from pages import ARABIC, ENGLISH, HEARD, READ, SPANISH, WATCHED, say
from vivavoz.scripts.page.content import Kind, Media, PageContent, Passage
from vivavoz.scripts.page.page import write_page

if TYPE_CHECKING:
    from playwright.sync_api import Page

VOICED = replace(HEARD, media=Media("recording.wav", is_video=False, is_voiced=True))
PHONE = {"width": 320, "height": 640}

Show = Callable[[PageContent], "Page"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all that the pages play."""
    folder = tmp_path_factory.mktemp("page")
    sound = ("-f", "lavfi", "-i", "sine=f=220:d=16:r=16000")
    ffmpeg("-f", "lavfi", "-i", "testsrc=s=320x180:r=10:d=16", *sound, folder / "recording.mp4")
    for name in ("recording.wav", "described.wav"):
        ffmpeg(*sound, folder / name)
    ffmpeg("-f", "lavfi", "-i", "sine=f=440:d=60", folder / "descriptions.en.mp3")
    return folder


@pytest.fixture
def show(page: Page, folder: Path) -> Show:
    """Return a function that opens a page as a file, as whoever was sent it does."""
    # The voice of the descriptions stands nowhere in the page.
    page.add_init_script(
        "const Voice = Audio; window.Audio = function () { return window.voice = new Voice(); };"
    )

    def open_page(content: PageContent) -> Page:
        path = folder / "index.html"
        path.write_text(write_page(content), encoding="utf-8")
        page.goto(path.as_uri())
        if content.media:
            wait(page, "media.readyState >= 1 || media.error !== null")
            page.evaluate("media.muted = true")
        return page

    return open_page


def seek(page: Page, ms: int) -> None:
    page.evaluate(
        "ms => { window.came = false;"
        " media.addEventListener('seeked', () => (window.came = true), {once: true});"
        " media.currentTime = ms / 1000; }",
        ms,
    )
    wait(page, "window.came")


def play(page: Page) -> None:
    """Play, as the player's own button or a headset does; nobody waits for its promise."""
    page.evaluate("void media.play().catch(() => {})")


def play_to(page: Page, ms: int) -> None:
    play(page)
    wait(page, f"media.currentTime >= {ms / 1000}")


def with_picture(
    content: PageContent, start_ms: int, end_ms: int, clip: tuple[int, int] | None = None
) -> PageContent:
    """Return a page in English whose only picture has this place."""
    picture = Passage(Kind.PICTURE, start_ms, end_ms, say("A cliff.", None), clip=clip)
    others = [each for each in ENGLISH.passages if each.kind is not Kind.PICTURE]
    return replace(content, versions=(replace(ENGLISH, passages=(picture, *others)),))


def note_starts(page: Page) -> None:
    """Note from where anything begins to play."""
    page.evaluate("window.starts = []; media.onplaying = () => starts.push(media.currentTime)")


CAPTIONS = (
    "[...media.textTracks].filter(({kind, mode}) => kind === 'captions' && mode === 'showing')"
    ".flatMap(track => [...track.activeCues].map(cue => cue.getCueAsHTML().textContent))"
)


def see(page: Page, *captions: str) -> None:
    """Hold that these captions are shown, as soon as the browser comes to it."""
    wait(page, f"JSON.stringify({CAPTIONS}) === JSON.stringify({json.dumps(captions)})")


def now(page: Page) -> float:
    return page.evaluate("media.currentTime")


def focused(page: Page) -> str:
    return page.evaluate("(it => it.id || it.name || it.textContent)(document.activeElement)")


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until that has the focus; each stop on the way can be seen (WCAG 2.2, 2.4.11)."""
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate(
            """() => {
              const it = document.activeElement, box = it.getBoundingClientRect();
              const seen = document.elementFromPoint(
                Math.max(1, (box.left + box.right) / 2), Math.max(1, (box.top + box.bottom) / 2));
              return it === document.body || !seen || it.contains(seen) || seen.contains(it);
            }"""
        ), f"{focused(page)} lies under something else"
        if focused(page) == wanted:
            return
    raise AssertionError(wanted)


@pytest.mark.parametrize("content", [WATCHED, HEARD], ids=["video", "sound"])
def test_captions_are_shown_at_their_times_in_the_language_chosen(
    show: Show, content: PageContent
) -> None:
    page = show(content)
    for ms, shown in [
        (1500, ["What do you <hear>?"]),
        (500, []),
        (4000, ["I listen. The motor,\nthe wind & the glass"]),
    ]:
        seek(page, ms)
        see(page, *shown)
    page.get_by_label("español").check()
    see(page, "La lámpara")
    assert page.locator("h1:visible").inner_text() == "La lámpara"
    assert page.locator(".version:visible").get_attribute("lang") == "es"
    page.evaluate("for (const track of media.textTracks) track.mode = 'disabled'")
    wait(page, "!document.forms.settings.elements.captions.checked")
    kinds = page.evaluate(
        "[...media.textTracks].map(track => [track.kind, track.cues?.length ?? 0])"
    )
    assert [kind for kind, _ in kinds] == ["captions", "chapters", "descriptions"] * 2


def test_the_word_that_is_said_is_marked_and_a_word_leads_to_its_place(show: Show) -> None:
    page = show(HEARD)
    seek(page, 1600)
    wait(page, "document.querySelector('.now')?.textContent === 'do'")
    page.get_by_label("español").check()
    assert page.locator(".version:visible .now").all_inner_texts() == ["do"]
    page.get_by_label("English").check()
    assert page.locator("[aria-current]:visible").inner_text() == "0:00\nThe question"
    page.locator(".version:visible").get_by_text("café,").click()
    wait(
        page,
        "media.currentTime > 6 && !media.paused && ['café,', 'please.']"
        ".includes(document.querySelector('.version:not([hidden]) .now')?.textContent)",
    )
    page.get_by_role("button", name="The question").click()
    wait(page, "media.currentTime < 1")


def test_everything_is_done_by_keyboard_alone(show: Show) -> None:
    page = show(WATCHED)
    page.set_viewport_size(PHONE)
    tab_to(page, "descriptions")
    page.keyboard.press("ArrowDown")
    assert page.locator("[name=descriptions]:checked").get_attribute("value") == "mix"
    tab_to(page, "sought")
    page.keyboard.type("MAS CAFE")
    assert page.locator("#found").inner_text() == "1 found"
    page.keyboard.press("Enter")
    assert page.locator("#found").inner_text() == "1 of 1"
    assert page.locator(".here").all_inner_texts() == ["Más", "café,"]
    for sought in ("said or wrote this", "said — or wrote"):
        page.locator("#sought").fill(sought)
        assert page.locator("#found").inner_text() == "1 found"
    page.locator("#sought").fill("MAS CAFE")
    tab_to(page, "Más")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    assert focused(page) == "0:07"
    page.keyboard.press("ArrowUp")
    assert focused(page) == "0:03"
    page.keyboard.press("ArrowRight")
    assert (focused(page), page.evaluate("document.activeElement.role")) == ("I", "button")
    page.keyboard.press("Enter")
    wait(page, "media.currentTime >= 3.2 && !media.paused")
    page.keyboard.press("Tab")  # the transcript is one stop
    assert focused(page) == "captions.en.vtt"


def test_the_page_keeps_what_is_said_in_sight_unless_its_reader_looks_elsewhere(
    show: Show,
) -> None:
    passages = tuple(
        Passage(Kind.SPEECH, at, at + 1000, say("word " * 60 + "end", at, 10), "Ann")
        for at in range(0, 16_000, 1000)
    )
    page = show(replace(HEARD, versions=(replace(ENGLISH, passages=passages),)))
    page.emulate_media(reduced_motion="reduce")
    in_sight = """(it => it && it.top >= 0 && it.bottom <= innerHeight)
        (document.querySelector('.now')?.getBoundingClientRect())"""
    seek(page, 12_000)
    wait(page, in_sight)
    back = page.get_by_role("button", name="Back to what is said now")
    assert not back.is_visible()
    page.mouse.move(900, 400)
    page.mouse.wheel(0, -3000)
    back.wait_for()
    seek(page, 13_500)
    wait(page, "document.querySelector('.now').dataset.t >= 13_000")
    assert not page.evaluate(in_sight)
    back.click()
    wait(page, in_sight)
    assert not back.is_visible()


def test_the_programme_waits_while_a_description_speaks_once(show: Show) -> None:
    page = show(WATCHED)
    page.get_by_label("Spoken while the recording waits").check()
    seek(page, 2500)
    play(page)
    wait(
        page,
        "!voice.paused && voice.currentTime > 0 && media.paused && media.currentTime < 3"
        " && description.textContent === 'A white lighthouse on a cliff.'",
    )
    wait(page, "voice.paused && !media.paused && media.currentTime > 3")
    spoken = page.evaluate("voice.currentTime")
    assert 0.85 < spoken < 1.5  # where the next begins
    assert page.locator("#description").inner_text() == ""
    seek(page, 11_000)  # the second picture is jumped over
    play_to(page, 11_300)
    assert page.evaluate("voice.currentTime") == spoken
    seek(page, 10_000)  # and here one goes to its very place
    wait(page, "!voice.paused && voice.currentTime >= 1.5")


def test_a_description_is_paused_and_skipped_as_the_programme_is(show: Show) -> None:
    page = show(with_picture(HEARD, 2800, 2800, clip=(0, 60_000)))
    page.get_by_label("Spoken while the recording waits").check()

    def begin() -> None:
        seek(page, 2700)
        play(page)
        wait(page, "!voice.paused")

    begin()
    page.get_by_role("button", name="Pause the description").click()
    assert page.evaluate("voice.paused && media.paused")
    page.get_by_role("button", name="Go on with the description").click()
    wait(page, "!voice.paused && media.paused")
    play(page)
    wait(page, "voice.paused && media.paused")
    play(page)
    wait(page, "!voice.paused && media.paused")
    page.keyboard.press("Escape")
    wait(page, "voice.paused && !media.paused")
    begin()
    page.locator("summary", has_text="Settings").click()
    page.get_by_label("Size of the captions").fill("150")  # which is nothing to it
    assert page.evaluate("!voice.paused && media.paused")
    page.get_by_role("button", name="Skip the description").click()
    wait(page, "voice.paused && !media.paused")
    begin()
    seek(page, 5000)
    wait(page, "voice.paused && !media.paused && media.currentTime > 5")


def test_descriptions_in_the_mix_are_another_recording_at_the_same_time(show: Show) -> None:
    page = show(HEARD)
    page.locator("summary", has_text="Settings").click()
    page.locator("[name=speed]").select_option("1.5")
    seek(page, 4000)
    note_starts(page)
    play(page)
    page.get_by_label("Spoken in the mix").check()
    wait(
        page,
        "media.currentSrc.endsWith('described.wav') && media.currentTime > 4.1 && !media.paused",
    )
    assert page.evaluate("media.playbackRate") == 1.5
    page.evaluate("media.pause()")
    seek(page, 4000)
    see(page, "I listen. The motor,\nthe wind & the glass")
    play(page)
    page.get_by_label("español").check()  # for which there is no mix
    wait(page, "media.currentSrc.endsWith('recording.wav') && media.currentTime > 4.1")
    assert page.get_by_text("There is no mix with the descriptions in it.").is_visible()
    assert not page.get_by_label("Spoken in the mix").is_visible()
    assert page.get_by_label("Off").is_checked()
    page.get_by_label("English").check()  # nobody has to choose again
    wait(page, "media.currentSrc.endsWith('described.wav') && media.currentTime > 4.1")
    assert page.evaluate("Math.min(...starts)") >= 4


def test_each_language_is_heard_in_its_own_voices_from_the_same_place(show: Show) -> None:
    voiced = replace(SPANISH, sound="described.wav")
    page = show(replace(VOICED, versions=(ENGLISH, voiced)))
    seek(page, 4000)
    note_starts(page)
    page.evaluate("window.began = performance.now()")
    play(page)
    page.get_by_label("español").check()
    page.get_by_label("English").check()  # before the other was there
    page.get_by_label("español").check()
    wait(
        page,
        "media.currentSrc.endsWith('described.wav') && media.currentTime > 4.1 && !media.paused",
    )
    assert page.evaluate("media.currentTime - 4 <= (performance.now() - window.began) / 1000")
    assert page.evaluate("Math.min(...starts)") >= 4
    page.evaluate("media.pause()")
    seek(page, 4000)
    see(page, "La lámpara")
    wait(page, "document.querySelectorAll('.version:not([hidden]) .now').length === 1")


STAND_IN = """() => {
  let due;
  window.setTimeout = (tell, delay) => (due = {tell, delay});
  for (const [name, value] of Object.entries({currentTime: 0, paused: false, readyState: 4}))
    Object.defineProperty(media, name, {value, writable: true});
  media.play = async () => {};
  const findMarked = () => {
    const word = document.querySelector(".version:not([hidden]) .now");
    return [word?.textContent, Math.round(media.currentTime * 1000)];
  };
  // Time does not run: as much of it passes as is said here, or as the page lets pass.
  window.pass = (ms) => {
    media.currentTime += ms / 1000;
    media.dispatchEvent(new Event("timeupdate"));
    return findMarked();
  };
  window.wake = () => {
    media.currentTime += (due.delay * media.playbackRate) / 1000;
    due.tell();
    return findMarked();
  };
}"""


def test_words_are_marked_at_their_very_times(show: Show) -> None:
    page = show(HEARD)
    page.locator("summary", has_text="Settings").click()
    page.locator("[name=speed]").select_option("1.5")
    page.evaluate(STAND_IN)
    # It is played from a little before the word clicked on, which is marked from there.
    page.locator(".version:visible .w", has_text="listen.").click()
    assert page.evaluate("[pass(0), pass(350), wake(), pass(250), wake()]") == [
        ["listen.", 3400],
        ["listen.", 3750],
        ["[laughs]", 3800],
        ["[laughs]", 4050],
        ["The", 4100],
    ]


def test_a_voiced_edition_can_leave_its_pictures_out(show: Show) -> None:
    page = show(with_picture(VOICED, 2800, 4800))
    played = (
        "[...Array(media.played.length).keys()]"
        ".some(i => media.played.start(i) < 4.5 && media.played.end(i) > 4.7)"
    )
    for choice, is_played in [("Off", False), ("Spoken in the mix", True)]:
        page.get_by_label(choice).check()
        seek(page, 2600)
        play_to(page, 4850)
        assert page.evaluate(played) is is_played
    assert page.get_by_text("need not wait").first.is_visible()


def test_what_was_chosen_is_remembered_until_it_is_reset(show: Show) -> None:
    page = show(WATCHED)
    page.locator("summary", has_text="Settings").click()
    page.get_by_label("Size of the captions").fill("150")
    page.get_by_label("Colours of the captions").select_option("Yellow on blue")
    page.get_by_label("Place of the captions").select_option("Top")
    page.locator("[name=speed]").select_option("1.5")
    page.get_by_label("Show captions").uncheck()
    page.get_by_label("español").check()
    look = "getComputedStyle(media).getPropertyValue('--caption-{}')"
    for _ in range(20):  # Chromium may tell the next page of it a moment late
        page = show(WATCHED)
        if page.evaluate(look.format("size")) == "1.5":
            break
    assert page.evaluate(look.format("size")) == "1.5"
    assert page.evaluate(look.format("paper")) == "#0000aa"
    assert page.evaluate("media.playbackRate") == 1.5
    assert page.evaluate("[...media.textTracks].every(track => track.mode !== 'showing')")
    assert page.locator(".version:visible").get_attribute("lang") == "es"
    page.locator("summary", has_text="Settings").click()
    page.get_by_label("Show captions").check()
    lines = page.evaluate(
        "[...media.textTracks].find(track => track.mode === 'showing').cues[0].line"
    )
    assert lines == 0
    page.get_by_role("button", name="Reset all settings").click()
    wait(page, "media.playbackRate === 1")
    assert page.evaluate(look.format("size")) == "1"
    assert page.locator(".version:visible").get_attribute("lang") == "en"
    show(HEARD)
    assert page.locator("[name=speed]").input_value() == "1"
    page.get_by_label("Spoken while the recording waits").check()
    show(VOICED)  # which can't wait, but does speak of its pictures
    assert page.get_by_label("Spoken in the mix").is_checked()


def test_where_nothing_may_be_remembered_the_page_works_all_the_same(
    show: Show, page: Page
) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('forbidden'); }});"
    )
    show(WATCHED).get_by_label("español").check()
    assert page.locator(".version:visible").get_attribute("lang") == "es"


@pytest.mark.parametrize(
    ("content", "width", "scheme"),
    [
        (WATCHED, 1280, "light"),
        (WATCHED, 320, "dark"),
        (VOICED, 1280, "dark"),
        (READ, 320, "light"),
        (replace(HEARD, versions=(SPANISH, ENGLISH)), 1280, "light"),
        (replace(HEARD, versions=(ARABIC, ENGLISH)), 320, "light"),
    ],
    ids=["video", "video, narrow", "voiced", "text", "Spanish", "Arabic"],
)
def test_nothing_on_the_page_is_a_barrier(
    show: Show, page: Page, content: PageContent, width: int, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 6000})
    show(content)
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    if content.media:
        seek(page, 3700)
    page.locator("#sought").fill("the")
    page.keyboard.press("Enter")
    page.evaluate("scrollTo(0, 0)")
    assert [found for found in find_barriers(page) if not found.startswith("video-caption")] == []
    assert not overflows(page)


def test_a_screen_that_holds_little_is_not_filled_by_the_player(show: Show, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 by 1024 at 400 %
    show(WATCHED)
    assert not overflows(page)
    tab_to(page, "sought")
    page.keyboard.type("wind")
    page.keyboard.press("Enter")
    wait(
        page,
        "(it => it.top >= 0 && it.bottom <= innerHeight)"
        "(document.querySelector('.here').getBoundingClientRect())",
    )
    assert page.evaluate("player.getBoundingClientRect().bottom <= 0")


def test_a_hostile_transcript_does_nothing(show: Show, page: Page) -> None:
    opened: list[Any] = []
    page.on("dialog", lambda dialog: (opened.append(dialog), dialog.dismiss()))
    evil = "</script><script>alert(1)</script><img src=//example.org/x onerror=alert(2)>\u202e"
    words = say(evil, 1000)
    passages = (
        Passage(Kind.SPEECH, 1000, 2000, words, f"{evil}<v Bob>"),
        Passage(Kind.PICTURE, 1500, 1600, words, clip=(0, 500)),
    )
    cue = replace(ENGLISH.cues[0], lines=((evil, evil),))
    version = replace(ENGLISH, title=evil, cues=(cue,), passages=passages)
    show(replace(HEARD, versions=(version, replace(SPANISH, language='es"><b>'))))
    seek(page, 1400)
    wait(page, f"{CAPTIONS}[0]?.includes('<script>alert(1)</script>')")
    play_to(page, 1900)
    assert page.evaluate("[...document.scripts].every(it => /^module$|json$/.test(it.type))")
    assert "onerror" in page.locator(".version:visible").inner_text()
    assert not opened


def test_the_page_is_the_same_from_a_server_and_a_link_leads_to_a_passage(
    show: Show, page: Page, folder: Path
) -> None:
    show(HEARD)
    page.goto(f"{(folder / 'index.html').as_uri()}#p0-5")
    page.reload()
    wait(page, "media.currentTime === 3.2 && media.paused")
    # Who sends the page's link chose its language, too.
    page.goto(f"{(folder / 'index.html').as_uri()}#p1-5")
    page.reload()
    wait(page, "media.currentTime === 3.2")
    assert page.locator(".version:visible").get_attribute("lang") == "es"

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as it:
        threading.Thread(target=it.serve_forever, daemon=True).start()
        page.goto(f"http://127.0.0.1:{it.server_port}/index.html")
        wait(page, "media.readyState >= 1")
        it.shutdown()


def test_an_address_names_a_time_and_nothing_plays_by_itself(show: Show, page: Page) -> None:
    show(HEARD)
    page.goto(f"{page.url}#t=3.3,9")
    page.reload()
    wait(page, "media.currentTime === 3.3 && media.paused")
    marked = page.locator(".version:visible .now")
    meant = page.locator(".meant .w").first
    wait(page, "document.querySelector('.now')?.textContent === 'I'")
    assert meant.inner_text() == "I"
    page.evaluate("location.hash = 't=npt:10.5&lang=es'")
    wait(page, "media.currentTime === 10.5 && media.paused")
    wait(page, "document.querySelector('.version:not([hidden]) .now')?.textContent === 'Good'")
    assert marked.count() == 1
    assert page.locator(".meant").count() == 1
    assert page.locator(".version:visible").get_attribute("lang") == "es"
    page.evaluate("location.hash = 't=1:30'")  # which is none
    page.wait_for_timeout(50)
    assert now(page) == 10.5
    # For a word to be heard whole, it is played from a little before it. The page hears of it at
    # once here: on a busy machine the word may have been heard before.
    page.evaluate("media.dispatchEvent(new Event('play'))")
    assert now(page) == 10.4


def test_what_is_printed_is_the_transcript_alone(show: Show, page: Page) -> None:
    show(WATCHED)
    seek(page, 3700)
    page.emulate_media(media="print")
    shown = page.locator("body").inner_text()
    assert "I listen." in shown
    assert "Not in the recording" in shown
    for useless in ("Chapters", "Downloads", "Search", "Settings"):
        assert useless not in shown
    wait(page, "document.querySelector('.version:not([hidden]) .now')")
    look = "getComputedStyle(document.querySelector('.version:not([hidden]) .now'))"
    assert page.evaluate(f"{look}.boxShadow") == "none"


def test_a_page_whose_recording_is_missing_says_so(
    show: Show, page: Page, complaints: list[str]
) -> None:
    show(replace(WATCHED, media=Media("gone.mp4", is_video=True)))
    wait(page, 'trouble.textContent.startsWith("The recording can\'t be played.")')
    assert page.locator(".version:visible").get_by_text("café,").is_visible()
    complaints.clear()
