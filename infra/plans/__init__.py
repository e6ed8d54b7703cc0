"""Plans: draft batches on which several people work. No facts; every question names the account that asks."""
