"""The installation: settings, addresses, entry points. It sees everything; nothing imports it."""
