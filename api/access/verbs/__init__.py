"""What `zhangtu accounts …` does."""
