"""Hidden checks of 4-depth-150: does it hold at depth 150?"""
