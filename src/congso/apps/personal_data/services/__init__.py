"""The acts of this system; one function an act."""
