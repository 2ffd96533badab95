"""The outermost edge: any failure becomes one sentence, an exit code and, if unexpected, a log."""

import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

from knowledge.errors import ConcordError

INTERRUPTED = 130
UNEXPECTED = 3


def guarded(run: Callable[[], object]) -> int:
    """Run a command; the exit code it asked for, or the one its failure means."""
    import click

    try:
        result = run()
        _flush()
        return result if isinstance(result, int) else 0
    except ConcordError as error:
        return _say(str(error), error.exit_code)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.UsageError as error:
        error.show(sys.stderr)
        return 2
    except (KeyboardInterrupt, click.Abort):
        return _say("interrupted; what was finished is kept", INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output went away (`| head`): not a failure, but say no more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the edge named in the design
        return _say(_logged(error), UNEXPECTED)


def _say(sentence: str, code: int) -> int:
    print(f"concord: {sentence}", file=sys.stderr)  # noqa: T201
    return code


def _flush() -> None:
    sys.stdout.flush()


def _logged(error: Exception) -> str:
    """One sentence; the traceback goes to a file that the person may send to us."""
    kind = type(error).__name__
    folder = Path(tempfile.gettempdir())
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="concord-", suffix=".log", dir=folder, delete=False, encoding="utf-8"
        ) as log:
            log.write("".join(traceback.format_exception(error)))
    except OSError:
        return f"unexpected failure ({kind}); no log could be written to {folder}"
    return f"unexpected failure ({kind}); the details are in {log.name}"
