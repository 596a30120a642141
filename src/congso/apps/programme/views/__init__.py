"""Pages of working programmes: lists, one programme, its items, opinions, what slipped."""
