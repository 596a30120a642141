"""What a person sees of tasks: lists, board and dashboard; one task and its acts; the grid of new ones."""
