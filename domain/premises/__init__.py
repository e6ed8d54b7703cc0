"""Compounds, buildings and rooms: whose they are, who uses them, and what becomes of them."""
