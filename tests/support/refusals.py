"""A proposal for the office of `tests.support.office`, with something of each kind to decide."""

PROPOSAL = """---
id: letters
title: Letters of refusal
owner: Ada Example
goals: [GOAL-1]
automation: recommend
audience: [employees]
affected: [customers]
data: personal
stage: pilot
---

# Letters of refusal

## What it does

The system drafts letters of refusal from the notes of a claims manager. Customers are told that a
machine wrote the draft.

It was tested on cases of the past year before release.

## Measure

Letters take 20 minutes today and should take 5 by December 2027.
"""
APPEAL = PROPOSAL.replace(
    "It was tested", "Customers can ask a person to look again within 30 days.\n\nIt was tested"
)
"""Its second version, which says what the first left out."""
