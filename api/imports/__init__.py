"""Spreadsheets that bureaus send: read as they come, checked whole, then written as one command or not at all (ADR 0016)."""
