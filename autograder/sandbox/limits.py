"""How much of the machine one submission may use."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Seconds and bytes. Processor time decides, so that a busy machine fails nobody; the wall ends sleepers.

    cpu, wall: one cell, or one batch of calls.
    total_cpu, total_wall, respawns: the whole submission, over all its workers.
    memory: what a worker may add to the fork server's size.
    result, batch: bytes of one result, and of all results of one batch.
    """

    cpu: float = 3.0
    wall: float = 12.0
    total_cpu: float = 20.0
    total_wall: float = 60.0
    respawns: int = 12
    memory: int = 512 << 20
    result: int = 16 << 20
    batch: int = 128 << 20
