"""The register's ways in from other systems: bulk migration."""
