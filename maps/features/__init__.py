"""What map programs of other offices read: which collections there are, what is asked of them, and in which system."""
