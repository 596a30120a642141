"""The acts on catalogues, dossiers and the archive: one function an act, one transaction, one journal line."""
