"""Who is at the door, accounts and what they may do: signing in, tokens, grants, records, and the verbs of the command line."""
