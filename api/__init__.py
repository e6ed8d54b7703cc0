"""The way in: JSON API, console pages, event feed, command line; the composition root sits here."""
