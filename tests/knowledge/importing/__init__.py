"""Documents of an office into its knowledge."""
