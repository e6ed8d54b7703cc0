"""The map as a page: what it opens with, the card of a thing on it, and which moment it shows, in words."""
