"""What stands before the server: only this machine's own pages are answered.

A web page that is open in the same browser can send requests to this machine, too. It is told
apart by the names it has to use: of the host, which it could bend to this machine (DNS rebinding),
and of itself, which browsers add (Origin; Fetch Metadata Request Headers, W3C, section 2).
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_METHODS = ("GET", "HEAD")
_OURS = {"same-origin", "none"}
"""Who asks, in the browser's words: one of our pages, or the person who uses it."""
_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-cache",
}
"""Of every answer that says nothing else. The policy is that of a file that a browser shows in a
page of its own making: sound, a video, a text."""


class Guard:
    """Refuses what is not asked by this machine's own pages, on the port that is served."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        names = [f"{name}:{port}" for name in ("127.0.0.1", "localhost")]
        self._hosts = {*names, *(name.removesuffix(":80") for name in names)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refuse(scope["method"], Headers(scope=scope))
        await (refusal or self._app)(scope, receive, send_guarded)

    def _refuse(self, method: str, headers: Headers) -> PlainTextResponse | None:
        host = headers.get("host", "").lower()
        if host not in self._hosts:
            sentence = "Only this machine's own names are answered: open 127.0.0.1 and the port."
            return PlainTextResponse(f"{sentence}\n", 403)
        site, origin = headers.get("sec-fetch-site", "none"), headers.get("origin")
        if site not in _OURS or origin not in {None, f"http://{host}"}:
            sentence = "Another site asked for this. To see it, type its address yourself."
            return PlainTextResponse(f"{sentence}\n", 403)
        if method not in _METHODS:
            sentence = "Nothing can be changed here, only looked at."
            return PlainTextResponse(f"{sentence}\n", 405, {"allow": ", ".join(_METHODS)})
        return None
