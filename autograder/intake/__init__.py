"""From bytes to a submission: whose a file is, whether it may be opened, and the code cells in it."""
