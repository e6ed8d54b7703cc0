"""A world of any size for rebuilds and measurements: deterministic, realistic, and told event by event.

Events are made directly and not decided by commands, because a million of them must take about a minute. So each module here
keeps the rules of its aggregates itself, and tests replay what it tells into them.
"""
