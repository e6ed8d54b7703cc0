"""The machinery: settings, the private cluster, the event store, blobs, migrations. Knows the domain, not the web."""
