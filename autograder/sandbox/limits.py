"""How much of the machine one submission may use, and how much it has used."""

from dataclasses import dataclass

# Of definitions that are only tried: lines of each (the longest right one, on a small input, takes a tenth), and
# seconds of fifty of them together.
LINES, TRIAL = 20_000, 0.5

# Bytes of an answer that may be compared with others: what right functions return in one batch takes two thirds of it.
COMPARED = 1 << 19


@dataclass(frozen=True)
class Limits:
    """Seconds and bytes. Processor time decides, so that a busy machine fails nobody; the wall ends sleepers.

    cpu, wall: one cell, or one batch of calls.
    total_cpu, total_wall: the whole submission, over all its workers. respawns: of one session.
    memory: what a worker may add to the fork server's size.
    result, batch: bytes of one result, and of all results of one batch: many times what any exercise returns.
    kept: bytes of the grader's memory for all results of a submission, which stay until it is graded: as Python
        objects, so after a text has become four times as large by one wide character. Honest ones keep under 2 MiB.
    """

    cpu: float = 3.0
    wall: float = 12.0
    total_cpu: float = 20.0
    total_wall: float = 60.0
    respawns: int = 12
    memory: int = 512 << 20
    result: int = 4 << 20
    batch: int = 16 << 20
    kept: int = 32 << 20


@dataclass
class Spent:
    """Seconds and bytes that a submission has used so far. Sessions that share one share the limits, too."""

    cpu: float = 0.0
    wall: float = 0.0
    kept: int = 0
    used_up: bool = False

    def compare(self, limits: Limits) -> bool:
        """Whether a share is used up; noted in `used_up`."""
        time_left = self.cpu < limits.total_cpu and self.wall < limits.total_wall
        self.used_up = not time_left or self.kept > limits.kept
        return self.used_up
