"""The guide: a page of it for each job, opened from the page that it explains."""
