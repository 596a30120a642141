"""Telling people that something waits for them: in the portal first, other ways later."""
