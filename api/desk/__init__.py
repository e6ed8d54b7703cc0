"""What people keep while they work."""
