"""Sign-in. A user is the key of one person's door; what the person may do comes from her posts."""
