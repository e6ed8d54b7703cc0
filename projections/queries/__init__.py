"""Questions to a generation: each asks one view, at one moment, as known at one position."""
