"""What each command does; `tui.cli` only names them and their options."""
