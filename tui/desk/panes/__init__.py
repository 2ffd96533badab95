"""What the panes of the desk show, one module a pane: pure functions from a sheet to content."""
