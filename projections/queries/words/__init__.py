"""What things are called: events, facets, fields and values, in Chinese and English."""
