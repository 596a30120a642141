"""Figures of organizations: what is counted, by whom, in which period, and what it adds up to.

An `Indicator` says what a figure means; an `Observation` is one unit's figure for one period, with where it came
from. Observations are never overwritten: a correction adds one, the latest stands. Every figure belongs to exactly one
unit (its own, without what its subordinates count), so a roll-up over the chart of any day adds each once: merged units
are counted with their heirs. A `Measure` is a figure that systems count themselves.
"""
