"""`make bench`: what grading costs, beside other graders, in one run. Benchmarks are no tests: nothing can fail.

Machines are noisy, so contenders take turns, figures are medians, and what counts are the ratios of one run.
"""
