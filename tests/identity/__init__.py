"""Sign-in between two installations."""
