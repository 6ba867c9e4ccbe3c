"""`vivavoz serve`: what it shows, what it refuses, and that files arrive as they are."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from builds import run
from hypothesis import given
from hypothesis import strategies as st
from processes import measure_resident
from served import Server, build_shelf, serve

TALK = "/the-lighthouse"
FARO = "/radio/el%20faro%20%26%20la%20ni%C3%B1a"
UNSEEN = "nobody may read this"
BIG = 64 << 20


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    shelf = build_shelf(tmp_path_factory.mktemp("talks"))
    with serve(shelf.parent) as server:
        yield server


@pytest.fixture
def own(server: Server, tmp_path: Path) -> Iterator[Server]:
    """Serve a copy that a test may change."""
    shutil.copytree(server.folder / "out", tmp_path / "out")
    with serve(tmp_path / "out") as other:
        yield other


def test_the_index_tells_of_every_interview(server: Server) -> None:
    page = server.get("/").text
    assert '<html lang="en" dir="ltr">' in page
    assert f'<a href="/out{TALK}/index.html">' in page
    assert f'<a href="/out{FARO}/index.html"><bdi lang="es">El &lt;faro&gt; &amp; la niña' in page
    for fact in ("captions: 29", "findings: 0", "pictures described", "The last lamp on the coast"):
        assert fact in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("es-MX,en;q=0.5", "es"), ("fr, en;q=0.2, es;q=0.4", "es"), ("es;q=0,fr", "en"), ("", "en")],
)
def test_the_pages_speak_the_language_that_the_reader_likes_best(
    server: Server, accepted: str, language: str
) -> None:
    page = server.get("/?q=faro", Accept_Language=accepted)
    assert f'<html lang="{language}"' in page.text
    assert ("Frases con" in page.text) == (language == "es")
    assert "accept-language" in page.headers["vary"]


def test_a_search_shows_who_said_what_and_when(server: Server) -> None:
    page = server.get("/?q=CORAZON+linterna").text
    assert "<h2>Sentences with “CORAZON linterna”: 1</h2>" in page
    assert ">INÉS</b>" in page
    assert "La <mark>linterna</mark> brilla; el <mark>corazón</mark>, también.</p>" in page
    link = page.split('class="at" href="')[1].split('"')[0]
    place = re.fullmatch(rf"/out{FARO}/index.html#t=([\d.]+):~:text=La%20linterna%20\S+", link)
    assert place
    assert float(place[1]) > 0


def test_what_was_searched_and_what_was_found_stay_text(server: Server) -> None:
    page = server.get("/?q=%3Cscript%3E%22&page=1").text
    assert "&lt;<mark>script</mark>&gt;alert" in page
    assert "“&lt;script&gt;&quot;”" in page
    assert "<script" not in page


def test_results_are_seen_as_they_come_change_and_go(own: Server) -> None:
    folder = own.folder / "the-lighthouse"
    captions = folder / "captions.en.vtt"
    assert "bearings" in captions.read_text("utf-8")
    shutil.copytree(folder, own.folder / "another")
    captions.write_text(captions.read_text("utf-8").replace("bearings", "gearwheels"), "utf-8")
    assert '/another/index.html"' in own.get("/").text
    assert "bearings”: 1" in own.get("/?q=bearings").text
    assert "<mark>gearwheels</mark>" in own.get("/?q=gearwheels").text
    shutil.rmtree(folder)
    assert 'href="/the-lighthouse/' not in own.get("/").text
    assert "gearwheels”: 0" in own.get("/?q=gearwheels").text
    assert own.get("/the-lighthouse/captions.en.vtt").status == 404


def test_interviews_with_one_title_are_told_apart_by_their_folders(own: Server) -> None:
    assert "<bdi>the-lighthouse</bdi>" not in own.get("/?q=bearings").text
    shutil.copytree(own.folder / "the-lighthouse", own.folder / "a\nnother")
    assert own.get("/a%0Another/index.html").status == 200
    page = own.get("/?q=bearings").text
    assert "<bdi>the-lighthouse</bdi>" in page
    assert "nother</bdi>" in page


def test_many_sentences_come_in_pages_and_a_failure_is_told(own: Server) -> None:
    folder = own.folder / "the-lighthouse"
    cues = (f"00:{place // 60:02}:{place % 60:02}.000 --> 01:00:00.000" for place in range(120))
    told = "\n\n".join(f"{cue}\nZebra & co, {place}." for place, cue in enumerate(cues))
    (folder / "captions.en.vtt").write_text(f"WEBVTT\n\n{told}\n", encoding="utf-8")
    report = json.loads((folder / "report.json").read_text("utf-8"))
    report |= {"title": "<i>T</i>", "error": {"message": "The voice is gone; <b>install</b> it."}}
    (folder / "report.json").write_text(json.dumps(report), encoding="utf-8")
    assert "The voice is gone; &lt;b&gt;install&lt;/b&gt; it." in own.get("/").text
    seen: list[str] = []
    for page, more in [("", "2"), ("2", "3"), ("3", "")]:
        told = own.get(f"/?q=zebra+%26+co&page={page}").text
        assert "“zebra &amp; co”: 120" in told
        assert "&lt;i&gt;T&lt;/i&gt;" in told
        assert ("&amp;page=" + more + '">More</a>' in told) == bool(more)
        seen += re.findall(r"</mark>, (\d+)\.</p>", told)
    assert seen == [str(place) for place in range(120)]
    for page in ("0", "-1", "x", "9" * 5000):
        assert own.get(f"/?q=zebra&page={page}").status == 200


def test_what_lies_about_itself_harms_no_other_interview_and_shows_no_other_file(
    own: Server,
) -> None:
    folder, secret = own.folder / "the-lighthouse", own.folder.parent / "captions.en.vtt"
    secret.write_text(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{UNSEEN}\n", encoding="utf-8")
    report = json.loads((folder / "report.json").read_text("utf-8"))
    names = [
        "../../captions.en.vtt",
        "captions.\0.vtt",
        "captions.\ud800.vtt",
        ".hidden",
        "",
        "x/y",
    ]
    for place, lie in enumerate([{"duration_ms": 10**4000}, {"cues": -1}, {"title": "\ud800"}]):
        other = own.folder / f"other-{place}"
        other.mkdir()
        told = {**report, "outputs": {name: name for name in names}, **lie}
        (other / "report.json").write_text(json.dumps(told), encoding="utf-8")
    captions = folder / "captions.en.vtt"
    captions.unlink()
    captions.symlink_to(secret)
    assert "”: 0" in own.get("/?q=nobody").text
    captions.unlink()
    captions.write_text(f"WEBVTT\n\n{'9' * 5000}:00:01.000 --> 00:02.000\nA\n", encoding="utf-8")
    assert "corazón</mark>" in own.get("/?q=corazon").text
    assert "la niña" in own.get("/").text
    assert "<li>" not in own.get("/other-2/").text
    (own.folder / "other-2").rename(own.folder.parent / "elsewhere")
    (own.folder / "other-2").symlink_to(own.folder.parent / "elsewhere")
    assert own.get("/other-2/").status == 404


def test_an_interview_has_its_page_or_else_its_files(own: Server) -> None:
    page = own.folder / "the-lighthouse" / "index.html"
    page.unlink()
    moved = own.get(TALK)
    assert (moved.status, moved.headers["location"]) == (308, f"{TALK}/")
    assert f'<a href="{TALK}/captions.en.srt">' in own.get(f"{TALK}/").text
    page.write_text("<!doctype html><title>The page</title>", encoding="utf-8")
    for path in (f"{TALK}/", f"{TALK}/index.html"):
        answer = own.get(path)
        assert answer.body == page.read_bytes()
        # A policy of its own may be stricter; this holds for a page from elsewhere, too.
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'unsafe-inline'; ")
        assert policy.endswith("frame-ancestors 'none'")
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
    known = own.get(f"{TALK}/", If_None_Match=answer.headers["etag"])
    assert (known.status, known.headers["content-security-policy"]) == (304, policy)


def test_one_interviews_folder_can_be_served_alone(server: Server) -> None:
    with serve(server.folder / "out" / "the-lighthouse") as alone:
        assert alone.get(f"{TALK}/captions.en.vtt").status == 200
        assert "radio" not in alone.get("/").text
        assert alone.get(f"{FARO}/captions.es.vtt").status == 404


@pytest.mark.parametrize("path", ["/", f"/out{TALK}/captions.en.vtt", "/nothing"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example:{port}"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1.evil.example:{port}"},
        {"Host": "[::1]:{port}"},  # where nothing listens
        {"Host": "localhost:{port}@evil.example"},
        {"Host": ""},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:{port}"},  # the page is at 127.0.0.1
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},  # another port of this machine
        {"Sec_Fetch_Site": "anything"},
    ],
    ids=str,
)
def test_a_foreign_page_gets_nothing(server: Server, headers: dict[str, str], path: str) -> None:
    told = {name: value.format(port=server.port) for name, value in headers.items()}
    answer = server.get(path, **told)
    assert answer.status == 403
    assert answer.text.count(".") >= 1
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_a_request_that_names_two_hosts_or_none_gets_nothing(server: Server) -> None:
    hosts = f"Host: 127.0.0.1:{server.port}\r\nHost: evil.example\r\n"
    for head in (f"HTTP/1.1\r\n{hosts}", "HTTP/1.1\r\n", "HTTP/1.0\r\n"):
        with socket.create_connection(("127.0.0.1", server.port), 20) as client:
            client.sendall(f"GET / {head}\r\n".encode())
            assert client.recv(12).split()[1] in {b"400", b"403"}


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LocalHost"])
def test_this_machines_own_pages_are_answered(server: Server, name: str) -> None:
    host = f"{name}:{server.port}"
    answer = server.get(
        "/", Host=host, Origin=f"http://{host.lower()}", Sec_Fetch_Site="same-origin"
    )
    assert answer.status == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert policy.endswith("frame-ancestors 'none'")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"])
def test_nothing_can_be_changed(server: Server, method: str) -> None:
    answer = server.get("/", method, Content_Length="0")
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


def test_no_way_leads_out_of_the_interviews(own: Server) -> None:
    secret = own.folder.parent / "secret.txt"
    secret.write_text(UNSEEN, encoding="utf-8")
    folder = own.folder / "the-lighthouse"
    for name in (".hidden", ".building-1/x", ".vivavoz/x", "below/x"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(UNSEEN, encoding="utf-8")
    (own.folder / "beside.txt").write_text(UNSEEN, encoding="utf-8")  # of no interview
    (folder / "link").symlink_to(secret)
    (folder / "hidden-link").symlink_to(folder / ".hidden")
    (folder / "ring").symlink_to(folder / "ring")
    (folder / "folder-link").symlink_to(own.folder.parent)
    os.mkfifo(folder / "pipe")
    report = (folder / "report.json").read_text(encoding="utf-8")
    (secret.parent / "report.json").write_text(
        report.replace("The last lamp on the coast", UNSEEN), encoding="utf-8"
    )
    (own.folder / "linked").mkdir()
    (own.folder / "linked" / "report.json").symlink_to(secret.parent / "report.json")
    ways = ["../secret.txt", "../../secret.txt", "the-lighthouse/../../secret.txt", str(secret)]
    bent = [
        way.replace("..", dots).replace("/", slash)
        for way in ways
        for dots in ("..", "%2e%2e", ".%2E", "%252e%252e", "%c0%ae%c0%ae", "..;", "....//")
        for slash in ("/", "%2f", "%5c", "\\", "//", "/./", "%252f", "%c0%af")
    ]
    names = [".hidden", ".building-1/x", ".vivavoz/x", "below/x", "link", "hidden-link", "ring"]
    names += [
        "folder-link/secret.txt",
        "pipe",
        "%2ehidden",
        "captions.en.vtt/",
        "captions.en.vtt%00",
    ]
    paths = [
        *bent,
        *(f"the-lighthouse/{name}" for name in names),
        "beside.txt",
        ".vivavoz/",
        "linked/",
    ]
    paths += [f"the-lighthouse/{way}" for way in bent]
    for path in paths:
        answer = own.get(f"/{path}")
        assert answer.status in {404, 400}, path
        assert UNSEEN not in answer.text
    assert own.get(f"{TALK}/captions.en.vtt").status == 200


@given(st.data())
def test_a_range_is_the_slice_that_it_names(server: Server, data: st.DataObject) -> None:
    path = server.folder / "out" / "the-lighthouse" / "captions.en.vtt"
    whole = path.read_bytes()
    size = len(whole)
    first = data.draw(st.integers(0, size + 5))
    last = data.draw(st.none() | st.integers(first, size + 5))
    asked, start = f"{first}-{'' if last is None else last}", first
    wanted = whole[first : None if last is None else last + 1]
    if data.draw(st.booleans()):  # counted from the end
        asked, start = f"-{first}", max(size - first, 0)
        wanted = whole[start:]
    answer = server.get(f"/out{TALK}/captions.en.vtt", Range=f"bytes={asked}")
    if wanted:
        assert (answer.status, answer.body) == (206, wanted)
        assert answer.headers["content-range"] == f"bytes {start}-{start + len(wanted) - 1}/{size}"
    else:
        assert (answer.status, answer.headers["content-range"]) == (416, f"bytes */{size}")


def test_who_has_a_file_already_is_told_so(server: Server) -> None:
    path = f"/out{TALK}/captions.en.vtt"
    whole = server.get(path)
    tag, date = whole.headers["etag"], whole.headers["last-modified"]
    assert whole.headers["content-type"] == "text/vtt; charset=utf-8"
    assert whole.headers["accept-ranges"] == "bytes"
    assert server.get(path, If_None_Match=tag).status == 304
    assert server.get(path, If_Modified_Since=date).status == 304
    assert server.get(path, If_None_Match='"other"', If_Modified_Since=date).status == 200
    for mark in (tag, date):
        assert server.get(path, Range="bytes=0-4", If_Range=mark).body == b"WEBVT"
    for old in ('"other"', f"W/{tag}", "Thu, 01 Jan 1970 00:00:00 GMT"):
        assert server.get(path, Range="bytes=0-4", If_Range=old).body == whole.body
    for unheeded in ("lines=0-4", "bytes=0-4,999999-", "bytes=0-4,8-9"):
        answer = server.get(path, Range=unheeded)
        assert (answer.status, answer.body) == (200, whole.body)
    head = server.get(path, "HEAD", Range="bytes=0-4")  # of which a head has none
    assert head.status == 200
    assert (head.body, head.headers["content-length"]) == (b"", str(len(whole.body)))


def test_large_files_go_to_many_who_may_leave(own: Server) -> None:
    with (own.folder / "the-lighthouse" / "recording.mp4").open("wb") as file:
        file.truncate(BIG)
    before = measure_resident(own.process.pid) if sys.platform == "linux" else 0
    with ExitStack() as stack:
        for _ in range(60):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", own.port), 20))
            client.sendall(
                f"GET {TALK}/recording.mp4 HTTP/1.1\r\nHost: 127.0.0.1:{own.port}\r\n\r\n".encode()
            )
            assert client.recv(15) == b"HTTP/1.1 200 OK"
        assert own.get("/").status == 200  # while all of them wait
        if before:
            assert measure_resident(own.process.pid) < before + 100
    whole = own.get(f"{TALK}/recording.mp4")
    assert (len(whole.body), whole.headers["content-type"]) == (BIG, "video/mp4")


@pytest.mark.skipif(sys.platform != "linux", reason="limits what another process may open")
def test_where_no_more_files_can_be_opened_people_wait_and_nothing_is_written(own: Server) -> None:
    import resource  # noqa: PLC0415 - which not every system has

    assert own.get("/?q=the").status == 200  # all has been read
    resource.prlimit(own.process.pid, resource.RLIMIT_NOFILE, (20, 20))
    with ExitStack() as stack:
        for _ in range(40):
            stack.enter_context(socket.create_connection(("127.0.0.1", own.port), 20))
        time.sleep(0.2)
    assert own.get("/").status == 200
    own.process.send_signal(signal.SIGINT)
    assert own.process.communicate(timeout=20)[1] == ""


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_quietly_even_while_somebody_listens(server: Server, stop: signal.Signals) -> None:
    path = server.folder / "out" / "the-lighthouse" / "long.mp3"
    with path.open("wb") as file:
        file.truncate(BIG)
    with serve(server.folder / "out") as other, socket.socket() as client:
        client.connect(("127.0.0.1", other.port))
        client.sendall(
            f"GET {TALK}/long.mp3 HTTP/1.1\r\nHost: 127.0.0.1:{other.port}\r\n\r\n".encode()
        )
        assert client.recv(15) == b"HTTP/1.1 200 OK"
        other.process.send_signal(stop)
        assert other.process.communicate(timeout=20) == ("", "")
        assert other.process.returncode == 128 + stop


def test_only_this_machine_is_answered_and_a_taken_port_is_passed(server: Server) -> None:
    taken = run("serve", server.folder, "--port", str(server.port), cwd=server.folder, code=2)
    assert f"Port {server.port} is taken; name another with --port." in taken.stderr
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    with serve(server.folder, "--port", str(port)) as named:
        assert named.port == port
    if sys.platform == "linux":  # the whole of 127.0.0.0/8 is this machine there
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.2", server.port), 5)


def test_without_a_port_the_next_that_is_free_is_taken(server: Server) -> None:
    with ExitStack() as stack:
        first = stack.enter_context(serve(server.folder, "--"))
        second = stack.enter_context(serve(server.folder, "--"))
        assert second.port > first.port >= 8484


def test_a_folder_without_interviews_is_explained(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text('{"of": "something else"}', encoding="utf-8")
    said = run("serve", tmp_path, cwd=tmp_path, code=2).stderr
    assert (
        "No interview has been built in this folder; build it first, with `vivavoz build`" in said
    )
    said = run("serve", tmp_path / "none", cwd=tmp_path, code=2).stderr
    assert "This is no folder" in said
