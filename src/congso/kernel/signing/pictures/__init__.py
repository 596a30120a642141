"""Pictures of a person's signature and of an agency's seal, as the form wants them on the paper.

Read in the guarded child, drawn anew in the form's one colour on transparent ground, seen by their keeper alone.
"""
