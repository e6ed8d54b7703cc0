"""What is true and what may happen. No database, HTTP, clock, randomness or files."""
