"""What is kept about notices: which there are, what is watched, how everybody wishes to be told."""
