"""What positions mean: places, marks, ways, stops, and the digest by which a way is known."""
