"""All that a person types or sees."""
