"""From a file to a Proposal, its facts, and the evidence gathered for it."""
