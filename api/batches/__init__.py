"""Many commands in one request, carried out or rehearsed."""
