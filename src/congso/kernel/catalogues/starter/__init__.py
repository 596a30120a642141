"""The lists an installation begins with, each with its source; what was not verified says so."""
