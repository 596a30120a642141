"""DOCX files from outside: opened with care, read as papers, written back. Runs in the guarded child only."""
