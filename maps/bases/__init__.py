"""Base maps: tiles fetched for whoever looks from the one host that was chosen, and boundaries read from files."""
