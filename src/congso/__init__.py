"""Cổng Số: the digital office of a province's Party agencies, Front and organizations."""
