"""What is kept about webhooks: which there are, how far each is, and what became of every delivery."""
