"""What rows and tables say against each other: one SQL file a check."""
