"""Two moments, two states of knowledge or two cases side by side."""
