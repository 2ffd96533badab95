"""Where the desk meets the terminal: it refuses to start without one, and gives it back in order.

However the desk ends (its own keys, ctrl+c, SIGTERM, SIGHUP, a fault of its own), what was typed is
on record first, then the terminal is as it was: main screen, mouse off, cursor shown. Exit codes:
0; 130 for ctrl+c and SIGINT; 143 for SIGTERM; 129 for SIGHUP (128 and the signal's number).
"""

import asyncio
import os
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TextIO

from textual.drivers.linux_driver import LinuxDriver

from agent.errors import SettingsError
from tui.desk.root import DeskRoot
from tui.out import say

CODES: Final = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
PATIENCE: Final = 3.0
"""Seconds that work in threads may still take once the screen is gone."""
_THREADS: Final = "desk"
INSTEAD: Final = "without one use `concord list`, `show` and `decide`"


def refuse_without_terminal() -> None:
    """SettingsError (exit 2) where the desk could not be shown or not be typed at."""
    streams = (sys.__stdin__, sys.__stdout__)
    if not all(stream is not None and not stream.closed and stream.isatty() for stream in streams):
        raise SettingsError(f"the desk needs a terminal; {INSTEAD}")
    if os.environ.get("TERM", "") in ("dumb", "unknown"):
        raise SettingsError(
            f"the desk needs a terminal that can move its cursor (TERM is `{os.environ['TERM']}`);"
            f" {INSTEAD}"
        )


class _Quiet:
    """A terminal that may have gone away: what is written to it then goes nowhere."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        try:
            self._stream.write(text)
        except OSError:
            self._silence()

    def flush(self) -> None:
        try:
            self._stream.flush()
        except OSError:
            self._silence()

    def _silence(self) -> None:
        """What is still in the buffer goes nowhere either."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())

    def fileno(self) -> int:
        return self._stream.fileno()

    def isatty(self) -> bool:
        return True


class TerminalDriver(LinuxDriver):
    """Writes to stdout, so that `2>log` loses no screen; a terminal that is gone ends the desk."""

    def __init__(self, app: DeskRoot, **given: Any) -> None:
        super().__init__(app, **given)
        assert sys.__stdout__ is not None
        self._file: Any = _Quiet(sys.__stdout__)

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except OSError:
            self._loop.call_soon_threadsafe(self._desk_end)

    def _desk_end(self) -> None:
        if isinstance(self._app, DeskRoot):
            self._app.end(CODES[signal.SIGHUP])


def run(app: DeskRoot) -> int:
    """Show the desk until it ends; its exit code. A fault of its own is raised to the edge."""
    app.driver_class = TerminalDriver
    loop = asyncio.new_event_loop()
    pool = ThreadPoolExecutor(thread_name_prefix=_THREADS)
    loop.set_default_executor(pool)
    try:
        loop.run_until_complete(_show(app))
    finally:
        loop.run_until_complete(_end_tasks())
        pool.shutdown(wait=False, cancel_futures=True)
        loop.close()
        finished = _settled()
    if app.fault is not None:
        raise app.fault
    code = app.return_code or 0
    if not finished:
        _leave_work_behind(code)
    return code


async def _end_tasks() -> None:
    """Who still waits for work in a thread stops waiting: a task that is thrown away while it waits
    would tell so on the terminal."""
    waiting = asyncio.all_tasks() - {asyncio.current_task()}
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


async def _show(app: DeskRoot) -> None:
    loop = asyncio.get_running_loop()
    for number, code in CODES.items():
        loop.add_signal_handler(number, app.end, code)
    try:
        await app.run_async()
    finally:
        for number in CODES:
            loop.remove_signal_handler(number)


def _settled() -> bool:
    """Whether the work in threads has ended, now or soon."""
    until = time.monotonic() + PATIENCE
    for thread in threading.enumerate():
        if thread.name.startswith(_THREADS):
            thread.join(max(0.0, until - time.monotonic()))
            if thread.is_alive():
                return False
    return True


def _leave_work_behind(code: int) -> None:
    """Work that does not end (a model that never answers) must not hold the shell: what is on
    record is on the disk, and what is not can be done again."""
    say("concord: work that was still under way was cut off; what was finished is kept")
    sys.stdout.flush()
    os._exit(code)
