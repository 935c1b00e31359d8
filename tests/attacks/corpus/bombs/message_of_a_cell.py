# tries: an exception message of 50 MB, and one whose str allocates without end
# held if: cut in the worker, bounded in the grader
# score: lost
raise ValueError('x' * 50_000_000)
