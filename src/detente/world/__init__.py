"""What is known before reading: states, organisations, leaders and terms, PLOVER, CAMEO, scales."""
