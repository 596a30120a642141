"""What an installation begins with: the settings of lending."""
