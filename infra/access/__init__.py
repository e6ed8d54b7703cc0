"""Accounts, grants, sessions, tokens and records, as the database keeps them: its functions keep the rules, these modules call them.

What changes something is done for whoever holds the secret whose digest is given as `proof`: `secrets.digest` of a session's
secret, or a `console`'s.
"""
