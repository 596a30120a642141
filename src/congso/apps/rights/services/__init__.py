"""What can be done about rights: the kernel's acts, each with its notices."""
