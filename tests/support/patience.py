"""How long to wait for what must come: no test depends on how fast this machine is, or how busy."""

HANGS = 300.0  # seconds. What takes so long, where milliseconds would do, hangs
