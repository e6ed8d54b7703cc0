"""Speed, measured as ratios: each bench measures ours and its references in turns, in one run, and reports medians."""
