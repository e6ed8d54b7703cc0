"""Attached files: sent, named by their digest, and read by who may."""
