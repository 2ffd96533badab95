"""The root of every error that a user may see.

    ConcordError                 one clear sentence: where, what is wrong, what to do
    └── KnowledgeError           the knowledge folder, its index or an endpoint
        └── Unavailable (exit 3) what the index needs from elsewhere is not there: try again
(agent/errors.py draws the rest of the tree.)
"""


class ConcordError(Exception):
    """One clear sentence for the person; `exit_code` is what the command line returns for it."""

    exit_code = 2


class KnowledgeError(ConcordError):
    """The organisation's knowledge cannot be read, indexed or searched."""


class Unavailable(KnowledgeError):
    """An endpoint or a server that the index needs gave nothing usable; nothing is lost."""

    exit_code = 3
