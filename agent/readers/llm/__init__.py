"""A language model reads the evidence beside the rules; it claims, `agent.draft` verifies."""
