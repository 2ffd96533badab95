"""One file a schema change, oldest first; a file that shipped is never edited."""
