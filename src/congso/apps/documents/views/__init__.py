"""Pages of incoming documents: the registry's, the leaders', the handling units', the registers."""
