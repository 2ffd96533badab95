"""Front matter that nothing reads: a field misspelt, a role that no rule looks for.

Said as a note, never as a finding: an office may keep fields of its own. Pure.
"""

from collections.abc import Collection
from difflib import get_close_matches
from typing import Final, NamedTuple

from agent.intake.declared import spell
from agent.readers.rules.people import role_of
from agent.schema.proposal import Declared, Proposal
from knowledge.vocabulary import FACTS, ROLES

OWN: Final = frozenset(("owner", "accountable"))
"""Named under `roles`, these are the owner."""
_FIELDS: Final = tuple(n for n in Declared.model_fields if n not in ("facts", "other"))
_NEAR: Final = 0.8
"""`audiance` is near `audience`; `status` is not near `stage`, nor `date` near `data`."""


class Strange(NamedTuple):
    line: int
    message: str


def unknown_fields(proposal: Proposal, facts: Collection[str] = ()) -> list[Strange]:
    """By line. `facts`: names of every fact of this office."""
    return sorted((*_misspelt(proposal, facts), *_roles(proposal)))


def _misspelt(proposal: Proposal, facts: Collection[str]) -> list[Strange]:
    known = sorted({*_FIELDS, *FACTS, *facts})
    names = dict.fromkeys(spell(key.partition(".")[0]) for key in proposal.declared.other)
    return [
        Strange(
            proposal.declared_lines.get(name, 1),
            f"`{name}` is no field that is read; did you mean `{near[0]}`?",
        )
        for name in names
        if (near := get_close_matches(name, known, n=1, cutoff=_NEAR))
    ]


def _roles(proposal: Proposal) -> list[Strange]:
    return [
        Strange(
            proposal.declared_lines.get(f"roles.{role}", 1),
            f"`roles.{role}` is none of the roles that are looked for: {', '.join(ROLES)}",
        )
        for role in proposal.declared.roles
        if not role_of(role) and role not in OWN
    ]
