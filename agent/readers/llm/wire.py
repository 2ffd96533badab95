"""The shape of a model's answers, call by call. One type is schema, validation and description.

Owns shape only: plain strings, numbers and lists, every field required, no bounds. What an answer
may claim is decided where it is mapped; everything in here is untrusted. Evidence stands before
verdicts, since a model writes the fields in this order.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from knowledge.vocabulary import Likeness


class Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Near(Wire):
    """A passage that comes near and does not satisfy."""

    quote: str = Field(description="exact span of the proposal")
    why: str = Field(description="why it does not satisfy")


class QuestionAnswer(Wire):
    about: str = Field(
        description="an id from the lists, the name of a fact, or a name as the text writes it"
    )
    text: str = Field(description="one question to the team")


# --- trust -----------------------------------------------------------------------------------


class RequirementAnswer(Wire):
    id: str
    quotes: list[str] = Field(description="exact spans of the proposal that decide the status")
    nearest: list[Near]
    reason: str = Field(description="one sentence")
    status: Literal["in_place", "planned", "absent", "unclear"]
    ask: str = Field(description="what the team has to state or do; empty if in_place")


class TrustAnswer(Wire):
    requirements: list[RequirementAnswer] = Field(description="every listed id exactly once")
    questions: list[QuestionAnswer]


# --- alignment and ownership -----------------------------------------------------------------


class GoalAnswer(Wire):
    id: str
    proposal_quotes: list[str] = Field(description="exact spans of the proposal")
    goal_quotes: list[str] = Field(description="exact spans of the goal")
    reason: str = Field(description="one sentence")
    verdict: Literal["serves", "conflicts", "not_addressed"]
    refuses_remedy: bool


class AlignmentFinding(Wire):
    rule: Literal[
        "goal.none",
        "measure.none",
        "value.alternative",
        "workflow.disrupted",
        "owner.missing",
        "owner.mailbox",
        "role.missing",
    ]
    subject: str = Field(description="role or mailbox; else empty")
    quotes: list[str] = Field(description="exact spans of the proposal")
    nearest: list[Near]
    claim: str = Field(description="what is missing or wrong, one sentence")
    ask: str = Field(description="what the team has to state or do")


class AlignmentAnswer(Wire):
    goals: list[GoalAnswer] = Field(description="every listed id exactly once")
    findings: list[AlignmentFinding]
    questions: list[QuestionAnswer]


# --- overlap and consistency -----------------------------------------------------------------


class FacetAnswer(Wire):
    own: str = Field(description="exact span of the proposal; empty if it does not say")
    theirs: str = Field(description="exact span of the entry; empty if it does not say")
    value: Likeness


class OverlapAnswer(Wire):
    entry: str = Field(description="id")
    proposal_quotes: list[str] = Field(description="exact spans of the proposal")
    entry_quotes: list[str] = Field(description="exact spans of the entry")
    purpose: FacetAnswer
    users: FacetAnswer
    data: FacetAnswer
    automation: FacetAnswer
    behaviour: FacetAnswer
    outputs: FacetAnswer
    relation: Literal["duplicate", "extends", "shares_part"]
    missing: list[str] = Field(description="what the entry lacks for this use")
    reason: str = Field(description="why this disposition, one sentence")
    disposition: Literal["join", "extend", "justify", "none"]


class ConsistencyFinding(Wire):
    rule: Literal["pattern.breach", "sibling.differs"]
    subject: str = Field(description="id of the pattern or sibling")
    proposal_quotes: list[str] = Field(description="exact spans of the proposal")
    entry_quotes: list[str] = Field(description="exact spans of the pattern or sibling")
    difference: str = Field(description="one sentence with both values")
    ask: str = Field(description="what the team has to state or do")
    refuses_remedy: bool


class OverlapsAnswer(Wire):
    overlaps: list[OverlapAnswer]
    unrelated: list[str] = Field(description="ids of all other candidates")
    findings: list[ConsistencyFinding]
    questions: list[QuestionAnswer]


# --- dependencies ----------------------------------------------------------------------------


class DependencyFinding(Wire):
    rule: Literal["dependency.retired", "dependency.unregistered", "reference.unknown"]
    subject: str = Field(description="id of the entry, or the name as the proposal writes it")
    quotes: list[str] = Field(description="exact spans of the proposal that hold the name")
    claim: str = Field(description="what it takes or does there, one sentence")
    ask: str = Field(description="what the team has to state or do")


class DependenciesAnswer(Wire):
    findings: list[DependencyFinding]
    questions: list[QuestionAnswer]
