"""The log folded into read models.

`timeline` (the versions of a facet on two axes of time) and `stream` (one stream read whole, which every read model is made
from) are here. Generations, their runner and the read models follow.
"""
