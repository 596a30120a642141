"""Working without the network, in a real browser and over HTTP."""
