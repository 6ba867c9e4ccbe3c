"""The server's life: a port of this machine, for as long as nobody stops it."""

from __future__ import annotations

import errno
import logging
import socket
import webbrowser
from pathlib import Path
from threading import Thread
from types import FrameType

import uvicorn

from ...source import UsageError
from ..terminal import say
from .search import Search
from .shelf import open_shelf
from .site import open_site

_LOOPBACK = "127.0.0.1"
_PORT = 8484
_PORTS_TRIED = 20
_PATIENCE_S = 1
"""How long answers may take to end once the server has to: a paused video never would."""
_SIGNALLED = 128


def serve_folder(folder: Path, port: int | None, *, opens: bool) -> int:
    """Serve a folder of interviews until Ctrl-C, and return the exit code.

    Without a port the usual one is taken, or the next that is free. `opens` shows them in the
    browser. Raises UsageError where nothing is in the folder, or the port can't be had.
    """
    shelf = open_shelf(folder)
    with _listen(port) as listener:
        number = listener.getsockname()[1]
        address = f"http://{_LOOPBACK}:{number}/"
        say(f"Showing the interviews in {folder} at {address} on this machine; Ctrl-C ends it.")
        if opens:
            # A browser without windows would keep us from answering it.
            Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        search = Search(shelf)
        # Read before somebody asks: of a thousand interviews that takes seconds.
        Thread(target=search.read, daemon=True).start()
        config = uvicorn.Config(
            open_site(shelf, search, number),
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_PATIENCE_S,
        )
        # Where no more files can be opened, it would write a line for each of two thousand
        # connections that it can't accept, and again every second: those asking just wait.
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)
        server = _Server(config)
        server.run([listener])
    return _SIGNALLED + server.signal


class _Server(uvicorn.Server):
    """Ends at a signal, and keeps which it was instead of raising it again."""

    signal = 0

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        del frame
        self.force_exit = self.should_exit  # who asks twice waits for nobody
        self.should_exit, self.signal = True, sig


def _listen(port: int | None) -> socket.socket:
    ports = range(_PORT, _PORT + _PORTS_TRIED) if port is None else (port,)
    for number in ports:
        try:
            return socket.create_server((_LOOPBACK, number))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise UsageError(
                    f"Port {number} can't be used ({error.strerror}); name another with --port."
                ) from error
    taken = f"Port {port} is" if port is not None else f"The ports {ports[0]} to {ports[-1]} are"
    raise UsageError(f"{taken} taken; name another with --port.")
