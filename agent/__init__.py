"""The review, headless: from a proposal file to a recorded decision."""
