"""Auto-graded assignments on vanishing and exploding gradients and on weight initialisation."""

import os

# Two BLAS threads on a busy machine wait for each other, and small products gain nothing from them. This works
# only before numpy is first imported, hence here.
for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

__version__ = "0.2.0"
