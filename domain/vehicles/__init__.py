"""Official vehicles: each with one file from purchase to disposal; their drivers; and the journeys they make."""
