"""What the screens ask, and how it becomes what the services take."""
