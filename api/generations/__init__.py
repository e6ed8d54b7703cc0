"""Generations from the command line, and the investigations that can be looked at."""
