"""Prompt templates, one markdown file a purpose."""
