"""Screens: the public catalogue and look-up, editions, applications and cases."""
