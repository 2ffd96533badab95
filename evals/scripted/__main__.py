"""`python -m evals.scripted [PORT]`: serves the stand-in on this machine until ctrl+c."""

import sys
import threading
from collections.abc import Callable

from evals.scripted.embeddings import Vectors
from evals.scripted.reply import Reply
from evals.scripted.server import EMBEDDINGS, Asked, ModelServer
from evals.scripted.stand_in import stand_in


def main() -> int:
    port = int(sys.argv[1]) if sys.argv[1:] and sys.argv[1].isdigit() else 0
    try:
        server = ModelServer(_script(), port=port)
    except OSError as error:
        sys.stderr.write(f"port {port} cannot be used: {error.strerror}\n")
        return 3
    with server:
        sys.stdout.write(
            "A stand-in for a model, which matches words and understands nothing. Elsewhere:\n"
            f"  export OPENAI_BASE_URL={server.base_url} CONCORD_MODEL=stand-in\n"
        )
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return 130
    return 0


def _script() -> Callable[[Asked], Reply]:
    """The stand-in for a model, and hashed words for vectors."""
    vectors = Vectors(256)
    return lambda asked: vectors(asked) if asked.path == EMBEDDINGS else stand_in(asked)


if __name__ == "__main__":
    sys.exit(main())
