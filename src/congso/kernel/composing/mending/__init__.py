"""How repairable findings are mended in a Word file. Guarded child only. Words of the body stay as they are."""
