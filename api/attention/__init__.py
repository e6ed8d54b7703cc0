"""What is to be looked at: things that wait for somebody's decision or hand, and things that look wrong."""
