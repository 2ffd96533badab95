"""What is worth completing in the knowledge."""
