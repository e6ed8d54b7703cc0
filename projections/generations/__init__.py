"""Generations: complete sets of read models, each a schema of its own (`docs/adr/0010-generations.md`).

`catalogue` says which there are. `build` fills a new one with every core, `follow` keeps the live one at the head of the
log, `verify` compares two of them, `swap` puts one in the place of another, and `runner` sees to all that by itself.
"""
