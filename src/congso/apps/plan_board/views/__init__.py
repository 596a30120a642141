"""The pages of the plan board."""
