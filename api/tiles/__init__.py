"""What a map draws: vector tiles of what was where, what their colours mean and how often each is there, and how far it reaches."""
