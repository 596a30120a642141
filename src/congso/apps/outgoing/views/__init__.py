"""Pages over outgoing documents."""
