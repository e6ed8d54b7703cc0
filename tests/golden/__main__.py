"""Adds what is missing from the golden corpus."""

from tests.golden import add_missing

for name in add_missing():
    print(f"added {name}")
