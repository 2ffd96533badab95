"""How right are the drafts? Runs over past initiatives, metrics, reports."""
