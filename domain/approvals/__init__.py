"""Proposals: changes to the registry that are decided before they are made, level by level."""
