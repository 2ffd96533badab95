"""What makes a finding the same finding in every draft of an initiative. Pure."""

import unicodedata

from agent.schema.base import content_id


def subject_key(subject: str | None) -> str | None:
    """A subject as it enters a finding's identity: trimmed, NFC, case folded unless it is an id."""
    if subject is None or not subject.strip():
        return None
    return unicodedata.normalize("NFC", " ".join(subject.split()))


def finding_id(initiative: str, rule: str, subject: str | None) -> str:
    """Identity of a finding: the same initiative, rule and subject is the same finding."""
    key = subject_key(subject)
    return content_id(initiative, rule, key.casefold() if key else None)
