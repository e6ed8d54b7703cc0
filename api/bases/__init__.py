"""Base maps and boundaries: which there are, their tiles, and the lines that lie beneath everything."""
