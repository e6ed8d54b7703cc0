"""Drawings in: read, placed, compared with the ledger, decided upon, and recorded as one batch."""
