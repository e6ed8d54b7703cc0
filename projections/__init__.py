"""The log folded into read models: generations, their runner, the timeline. Empty until the second milestone.

What will live here: `generation` (make, fill, compare, swap and drop a complete set of read models), `runner`
(follow the log in batches, park what fails, report the lag), `timeline` (effective and recorded time of every
facet) and one module a read model.
"""
