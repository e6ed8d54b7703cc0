"""Webhooks: the event feed, sent: signed, in order for each receiver, and again until it is taken."""
