"""Prompt templates, one markdown file a purpose; the rules need none."""
