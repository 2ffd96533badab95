"""Ownership: who is accountable, and for which roles nobody is named. Pure.

Says nothing about whether the named people know of it; a person can ask them.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from agent.readers.rules import findings
from agent.readers.rules.findings import WHY_ROLE, values
from agent.readers.rules.people import Named, named, not_needed, roles_named
from agent.schema.assessment import Ask, Assessment, Claim, Covered, Look, Quote
from agent.schema.evidence import Evidence
from agent.schema.proposal import Proposal, Sentence
from knowledge.vocabulary import ROLES

MOST_WHEN_NONE: Final = 2
"""Where a text names no role at all, so many are asked for first; the rest is one question."""


def read(proposal: Proposal, evidence: Evidence) -> Assessment:
    """Missing and generic owners, missing roles; silent where the language cannot be read."""
    people = named(proposal)
    if not proposal.readable and not people:
        note = "written in a language that the rules cannot read"
        return Assessment(
            reader="rules", coverage={"ownership": Covered(state="not_checked", note=note)}
        )
    found = roles_named(people)
    claims = [
        *_owner(proposal, evidence, people, found),
        *_roles(proposal, evidence, people, found),
    ]
    missing = _needed(proposal, evidence, found)
    questions: tuple[Ask, ...] = ()
    if not found.keys() & set(ROLES) and len(missing) > MOST_WHEN_NONE:
        questions = (_question(missing),)
    note = f"{len(found)} of {len(ROLES) + 1} roles are named with a person or a post"
    return Assessment(
        reader="rules",
        claims=tuple(claims),
        questions=questions,
        coverage={"ownership": Covered(note=note)},
    )


def _owner(
    proposal: Proposal, evidence: Evidence, people: Sequence[Named], found: Mapping[str, Named]
) -> list[Claim]:
    if "owner" in found or "business" in found:
        return []
    ask = "Name one person who is accountable for this system and its effects."
    generic = [p for p in people if p.role == "owner" and p.who]
    if generic:
        first = generic[0]
        return [
            Claim(
                rule="owner.mailbox",
                subject=_normal(first.who),
                **findings.owner_mailbox(_normal(first.who))._asdict(),
                claim="A team, a mailbox or an open place cannot be asked to answer for it.",
                ask=ask,
                quotes=(_quote(first.sentence),),
            )
        ]
    return [
        Claim(
            rule="owner.missing",
            **findings.owner_missing(evidence)._asdict(),
            claim="Neither the front matter nor the text names a person who answers for it.",
            ask=ask,
            searched=_trail(proposal, people),
        )
    ]


def _roles(
    proposal: Proposal, evidence: Evidence, people: Sequence[Named], found: Mapping[str, Named]
) -> list[Claim]:
    """Roles that this system needs and nobody is named for."""
    missing = _needed(proposal, evidence, found)
    if not found.keys() & set(ROLES):
        missing = missing[:MOST_WHEN_NONE]
    claims = []
    for role in missing:
        said = [p for p in people if p.role == role]
        claims.append(
            Claim(
                rule="role.missing",
                subject=role,
                **findings.role_missing(role, evidence)._asdict(),
                claim=_role_claim(role, said, found),
                ask=f"Name {WHY_ROLE[role]}.",
                quotes=tuple(_quote(p.sentence) for p in said[:1]),
                searched=() if said else _trail(proposal, people),
            )
        )
    return claims


def _needed(proposal: Proposal, evidence: Evidence, found: Mapping[str, Named]) -> list[str]:
    """The roles that matter for this system, the most needed first."""
    needed = ["engineering", "product"]
    if values(evidence, "data") - {"none"} or not values(evidence, "data"):
        needed.insert(0, "data")
    if "owner" not in found:
        needed.insert(0, "business")
    people_meet_it = values(evidence, "generates") == {"to_people"} or bool(
        values(evidence, "audience") | values(evidence, "affected")
    )
    if people_meet_it:
        needed.append("design")
    if "production" in values(evidence, "stage"):
        needed.append("operations")
    spared = not_needed(proposal)
    return [role for role in needed if role not in found and role not in spared]


def _role_claim(role: str, said: Sequence[Named], found: Mapping[str, Named]) -> str:
    if said:
        return f"The text leaves open {WHY_ROLE[role]}."
    people = {p.who for p in found.values()}
    if len(people) == 1 and len(found) > 2:
        return f"One person, {next(iter(people))}, is named for everything; nobody for {role}."
    return f"The text does not say {WHY_ROLE[role]}."


def _question(missing: Sequence[str]) -> Ask:
    named_roles = ", ".join(missing)
    return Ask(
        text=f"Who holds these roles for the system: {named_roles}?",
        about="roles",
        changes=("role.missing",),
    )


def _trail(proposal: Proposal, people: Sequence[Named]) -> tuple[Look, ...]:
    """Where a name was looked for: the nearest that was named, else the whole text."""
    looks = [
        Look(
            source="proposal",
            text=p.sentence.text,
            start=p.sentence.start,
            why=f"names {p.role} only" if p.standing != "nobody" else "names no person",
        )
        for p in people[:2]
    ]
    whole = f"front matter and {len(proposal.sentences)} sentences read for names with a role"
    return (*looks, Look(source="proposal", text="", why=whole))


def _quote(sentence: Sentence) -> Quote:
    return Quote(source="proposal", text=sentence.text, start=sentence.start)


def _normal(who: str) -> str:
    return unicodedata.normalize("NFC", " ".join(who.split())).strip(" .,;")[:80]
