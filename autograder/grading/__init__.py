"""From a submission to its grade."""
