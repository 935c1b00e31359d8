"""A class of students, and notebooks as they hand them in."""
