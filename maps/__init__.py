"""What a map is made of: pages, tiles, floor plans, tracks, pictures, as functions of what they are given (ADR 0019).

Nothing here asks who may see what, and nothing writes to the log.
"""
