"""Proposals: submitted, decided level by level, and carried out together with the last approval (ADR 0014)."""
