"""Right but different solutions of `he_normal`: all get full marks."""

from autograder.course.a3_initialization._right_normal import variants

VARIANTS = variants("he_normal", variance="2 / n_in")
