"""`make fuzz`: mutated frames against the reply decoder and the readers of replies behind it.

python -m tests.studies.fuzz SECONDS [SEED]
"""

import random
import resource
import sys
import time
from contextlib import closing

from tests.support.fuzzing import fuzz


def main() -> None:
    """Fuzz and print what came of it."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}", flush=True)
    for share, measured in ((0.8, False), (0.2, True)):
        end = time.monotonic() + seconds * share
        with closing(fuzz(seed + measured, measured)) as reports:
            report = next(one for one in reports if time.monotonic() > end)
        memory = f", {report.largest / 2**20:.1f} MiB at most" if measured else ""
        print(
            f"{report.frames:,} frames: {dict(report.outcomes)}; {1e3 * report.slowest:.1f} ms at most{memory}"
        )
    print(f"the process's peak: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MiB")


if __name__ == "__main__":
    main()
