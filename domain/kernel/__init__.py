"""What every context shares: facts and their two times, mandates, events, places, codes, refusals."""
