"""The process that a command runs in: its signals, its streams, and how it ends."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import signal
import sys
from typing import NoReturn

import click

from ..source.errors import VivavozError
from .terminal import complain, say

_INTERRUPTED = 130
_PIPE_CLOSED = 141


class _Terminated(BaseException):
    """The process is asked to end; no `except` but the last may take it for an error."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def run_command(command: click.Command) -> NoReturn:
    """Run a command; every failure that can be foreseen is one sentence and an exit code."""
    # A build makes a million small objects and hardly a cycle: looking for cycles as often as
    # Python does by default takes a sixth of its time.
    gc.set_threshold(50_000, 50, 100)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _terminate)
    _open_streams()
    try:
        code = _run(command)
        sys.stdout.flush()
    except click.ClickException as error:
        _refuse(error)
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt) as stop:
        code = _say_stopped(_INTERRUPTED, stop)
    except _Terminated as stop:
        code = _say_stopped(128 + stop.number, stop)
    except SystemExit:
        code = _PIPE_CLOSED  # click's own answer to a reader that goes away
    except VivavozError as error:
        complain(error)
        code = error.exit_code
    except OSError as error:
        code = _give_up_output(error)
    sys.exit(code)


def _run(command: click.Command) -> int:
    try:
        return command.main(standalone_mode=False) or 0
    except SystemError as error:
        # What a signal raises while compiled code hands back its result comes wrapped in this.
        if isinstance(error.__cause__, (KeyboardInterrupt, _Terminated)):
            raise error.__cause__ from None
        raise


def _refuse(error: click.ClickException) -> None:
    """Say in one sentence what is wrong with a command, and where its help is."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None or not sys.argv[1:]:
        error.show()  # without a word, the help is the answer
        return
    sentence = error.format_message().rstrip(".") + "."
    if isinstance(error, click.NoSuchOption):
        sentence += " A file whose name begins with a dash stands behind `--`."
    help_command = f"vivavoz {context.info_name} --help" if context.parent else "vivavoz --help"
    complain(f"{sentence} See `{help_command}`.")


def _terminate(number: int, _: object) -> None:
    """End as for Ctrl-C, so that what is half done is cleared away."""
    raise _Terminated(number)


def _say_stopped(code: int, stop: BaseException) -> int:
    said = ["Stopped. What was finished is kept; the next run finishes what was begun."]
    said += getattr(stop.__cause__ or stop, "__notes__", [])  # click wraps a Ctrl-C
    # The terminal may be what went away.
    with contextlib.suppress(OSError):
        say(" ".join(said), err=True)
    return code


def _open_streams() -> None:
    """Make sure that printing never fails for want of a stream or of a character."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A file name may hold bytes that are no text.
            stream.reconfigure(errors="backslashreplace")


def _give_up_output(error: OSError) -> int:
    """Answer for standard output that takes no more; Python must not complain of it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return _PIPE_CLOSED  # whoever read our output has seen enough
    complain(f"The output can't be written ({error.strerror}).")
    return 1
