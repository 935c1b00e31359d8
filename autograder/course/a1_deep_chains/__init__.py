"""Hidden checks of 1-deep-chains: what explodes, what vanishes."""
