"""The outermost edge: any failure becomes one sentence, an exit code and, if unexpected, a log."""

import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

import typer

from knowledge.errors import ConcordError
from tui.out import flush, say, say_block

USAGE = 2
UNEXPECTED = 3
INTERRUPTED = 130

UsageError = typer.BadParameter.__mro__[1]
"""Of click, or of the copy of click that newer versions of typer carry with them."""


def guarded(run: Callable[[], object]) -> int:
    """Run a command; the exit code it asked for, or the one its failure means."""
    try:
        result = run()
        flush()
    except ConcordError as error:
        return _say(str(error), error.exit_code)
    except typer.Exit as done:
        result = done.exit_code
    except (KeyboardInterrupt, typer.Abort):
        result = INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the edge named in the design
        if isinstance(error, UsageError):
            return _usage(error)
        return _say(*_unexpected(error))
    if result == INTERRUPTED:
        return _say("interrupted; what was finished is kept", INTERRUPTED)
    return result if isinstance(result, int) else 0


def sentence_of(error: Exception) -> str:
    """What a person reads of an unexpected failure; the traceback goes to a log."""
    return _unexpected(error)[0]


def _say(sentence: str, code: int) -> int:
    say(f"concord: {sentence}")
    return code


def _usage(error: Exception) -> int:
    """What was typed wrong, and where to look; a command without its subcommand shows its help."""
    context = getattr(error, "ctx", None)
    message = error.format_message() if hasattr(error, "format_message") else str(error)
    if "\n" in message:
        say_block(message)
        return USAGE
    command = context.command_path if context else "concord"
    return _say(f"{message.rstrip('.')}; see `{command} --help`", USAGE)


def _unexpected(error: Exception) -> tuple[str, int]:
    """What the system refused is told in its words; anything else is ours, and goes to a log."""
    if isinstance(error, OSError) and error.filename is not None and error.strerror:
        return f"{error.filename}: {error.strerror}", UNEXPECTED
    return _logged(error), UNEXPECTED


def _logged(error: Exception) -> str:
    """One sentence; the traceback goes to a file that the person may send to us."""
    kind = type(error).__name__
    folder = Path(tempfile.gettempdir())
    try:
        with tempfile.NamedTemporaryFile(
            "w",
            prefix="concord-",
            suffix=".log",
            dir=folder,
            delete=False,
            encoding="utf-8",
            errors="backslashreplace",
        ) as log:
            log.write("".join(traceback.format_exception(error)))
    except OSError:
        return f"unexpected failure ({kind}); no log could be written to {folder}"
    return f"unexpected failure ({kind}); the details are in {log.name}"
