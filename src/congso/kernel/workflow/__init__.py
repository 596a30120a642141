"""A type's life is one table: states, transitions, who may, what is required, who sees each state.

Buttons, REST acts, audiences, the timeline and the exhaustive tests all come from the table. `act` carries
a transition out: permission, guards, change, timeline, journal and notices commit together or not at all.
"""
