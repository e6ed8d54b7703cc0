"""Pictures of the map for a report: drawn as SVG, made into PNG or PDF, with all that a printed map must say of itself."""
