"""The root of every error that a user may see.

    ConcordError                 one clear sentence: where, what is wrong, what to do
    └── KnowledgeError           the knowledge folder, its index or an endpoint
(agent/errors.py draws the rest of the tree.)
"""


class ConcordError(Exception):
    """One clear sentence for the person; `exit_code` is what the command line returns for it."""

    exit_code = 2


class KnowledgeError(ConcordError):
    """The organisation's knowledge cannot be read, indexed or searched."""
