"""Sets of invented papers with their truth, and how well the reading machine does on them."""
