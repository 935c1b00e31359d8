"""How much of the machine one submission may use, and how much it has used."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Seconds and bytes. Processor time decides, so that a busy machine fails nobody; the wall ends sleepers.

    cpu, wall: one cell, or one batch of calls.
    total_cpu, total_wall: the whole submission, over all its workers. respawns: of one session.
    memory: what a worker may add to the fork server's size.
    result, batch: bytes of one result, and of all results of one batch: many times what any exercise returns.
    """

    cpu: float = 3.0
    wall: float = 12.0
    total_cpu: float = 20.0
    total_wall: float = 60.0
    respawns: int = 12
    memory: int = 512 << 20
    result: int = 4 << 20
    batch: int = 16 << 20


@dataclass
class Spent:
    """Seconds that all workers of a submission have used so far. Sessions that share one share the limits, too."""

    cpu: float = 0.0
    wall: float = 0.0
