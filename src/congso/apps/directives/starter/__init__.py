"""Kế hoạch 16-KH/TU as data: targets, tasks with their clauses, standing duties. Wording is ours."""
