"""Hidden checks of 2-backpropagation: derivatives do the same."""
