"""The error tree, drawn whole.

ConcordError (knowledge/errors.py)     one clear sentence, exit code 2 unless said otherwise
├── KnowledgeError                     entries, index, search
│   ├── Unavailable (exit 3)           an embedding endpoint or a Chroma server that is gone
│   └── EndpointError                  the endpoint of a model; `kind` says what failed
├── ProposalError                      a proposal file that cannot be read
├── SettingsError                      concord.toml, environment, arguments
├── RecordError (exit 3)               the record cannot be read or written
│   └── ChainBroken (exit 1)           the journal was altered
├── DecisionError                      a decision that may not be taken so
│   └── StaleDecision                  what was shown is no longer what stands
├── OutputError (exit 3)               what was asked for cannot be written where it should go
└── CaseError                          an evaluation case that cannot be read
    └── CannotTell (exit 3)            too little to measure or to fit anything on
"""

from knowledge.errors import ConcordError


class ProposalError(ConcordError):
    """A proposal file that cannot be read; the message starts with `path:` or `path:line:`."""


class SettingsError(ConcordError):
    """Configuration that cannot be used."""


class RecordError(ConcordError):
    """The record cannot be opened, read or written."""

    exit_code = 3


class ChainBroken(RecordError):
    """The journal or what it vouches for was altered."""

    exit_code = 1


class DecisionError(ConcordError):
    """A decision that the rules of the office do not allow as given."""


class StaleDecision(DecisionError):
    """The draft, the edits or the letter changed since they were shown."""


class OutputError(ConcordError):
    """Stdout or a file that was asked for cannot be written."""

    exit_code = 3


class CaseError(ConcordError):
    """An evaluation case or its gold labels cannot be read."""


class CannotTell(CaseError):
    """What was given is read, but says too little to fit or judge anything."""

    exit_code = 3
