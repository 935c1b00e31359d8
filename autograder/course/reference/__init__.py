"""Trusted implementations, one module a topic: what the checks compare with."""
