"""Small invented books for the demo and the tests, made from nothing: EPUB 3 and PDF."""
