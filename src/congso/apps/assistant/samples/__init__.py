"""Generated papers and questions by which the assistant is measured: invented, always the same, none real.

`papers` are over three hundred that resemble each other; `questions` ask in other words than these write, a third of
them without accents, a fifth of what no paper answers. `congso eval assistant` puts the papers into a register inside a
transaction that is taken back, asks, and prints the figures.
"""
