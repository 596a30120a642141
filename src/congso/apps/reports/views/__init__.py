"""Screens of reports: lists, filling, judging, adding up, designing."""
