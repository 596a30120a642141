"""The web server itself: pages, streams and TLS in one process."""
