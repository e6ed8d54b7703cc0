"""The map as a picture or a page, for a report."""
