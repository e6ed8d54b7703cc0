"""Everything recorded, as CloudEvents: page by page, with long polls, or as a stream."""
