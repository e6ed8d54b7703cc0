"""Drawings of buildings, read: rooms found in what draughtsmen draw, put in their place, and compared with the ledger."""
