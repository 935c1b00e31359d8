"""Right but different solutions of `xavier_normal`: all get full marks."""

from autograder.course.a3_initialization._right_normal import variants

VARIANTS = variants("xavier_normal", variance="1 / n_in")
