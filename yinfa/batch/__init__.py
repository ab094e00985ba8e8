"""Many sources at once: built, bound or checked, each with what became of it."""
