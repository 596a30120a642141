"""One folder a system. Apps know the kernel, never each other."""
