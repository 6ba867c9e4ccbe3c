"""What a worker process does: whatever it is sent, until nobody sends any more."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from types import FrameType
from typing import Any

GRACE_S = 2.0
"""What a process that is asked to end may take to clear away what is half done."""


def serve(pipe: Connection[Any, Any]) -> None:
    """Do the work that comes through the pipe, and send back what comes of it."""
    signal.signal(signal.SIGTERM, _end)
    if hasattr(os, "setpgid"):
        # It and what it runs can be killed together, and the terminal's Ctrl-C reaches neither.
        os.setpgid(0, 0)
    else:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(50_000, 50, 100)  # as the command has it
    threading.Thread(target=_follow_parent, daemon=True).start()
    with suppress(EOFError, ConnectionError):  # nobody sends any more
        while True:
            work = pipe.recv()
            pipe.send(work())


def _end(number: int, _: FrameType | None) -> None:
    """End by an exception, so that what is half done is cleared away."""
    sys.exit(128 + number)


def _follow_parent() -> None:
    """End when the parent has ended, however it did."""
    parent = parent_process()
    if parent is None:
        return
    parent.join()
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
        time.sleep(GRACE_S)
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
