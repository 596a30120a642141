"""Pages of dossiers and the archive."""
