"""One thing from its several angles: state, timelines, history, holdings, contents, documents."""
