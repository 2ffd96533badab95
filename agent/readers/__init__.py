"""Readers turn a Proposal and its Evidence into an Assessment.

They claim; `agent.draft` verifies.
"""
