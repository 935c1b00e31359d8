"""Right but different solutions of `glorot_normal`: all get full marks."""

from autograder.course.a3_initialization._right_normal import variants

VARIANTS = variants("glorot_normal", variance="2 / (n_in + n_out)")
