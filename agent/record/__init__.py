"""What was submitted, drafted and decided: the only place that writes the record."""
