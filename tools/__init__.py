"""What developers run: it writes what is generated, judges, and builds what is released."""
