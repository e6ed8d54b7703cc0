"""A small demonstration, told through the registry like everything else."""
