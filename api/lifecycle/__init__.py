"""Up, down, status, reset: the life of a registry on this machine."""
