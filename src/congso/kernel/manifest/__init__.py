"""What a system contributes, in one object the kernel discovers; there is no central list to edit."""
