"""Pages over packets: what is stuck, all of them, one of them, acts on it."""
