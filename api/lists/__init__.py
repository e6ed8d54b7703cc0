"""The things of a kind, words looked for among all of them, and what is lent out."""
