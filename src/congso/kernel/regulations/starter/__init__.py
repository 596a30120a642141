"""The values a new office starts with. A later release adds keys and years, changes none."""
