"""`python -m evals.scripted [PORT]`: serves the stand-in on this machine until ctrl+c."""

import sys
import threading

from evals.scripted.server import ModelServer
from evals.scripted.stand_in import stand_in


def main() -> int:
    port = int(sys.argv[1]) if sys.argv[1:] and sys.argv[1].isdigit() else 0
    try:
        server = ModelServer(stand_in, port=port)
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


if __name__ == "__main__":
    sys.exit(main())
