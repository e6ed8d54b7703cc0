"""Pages about what devices send."""
