"""A built document into copies, register, manifest, deliveries, signatures."""
