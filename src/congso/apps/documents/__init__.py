"""Incoming documents (S04): received, registered, read, directed, handled, filed."""
