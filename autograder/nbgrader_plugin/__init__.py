"""The nbgrader plug-in: our grades in nbgrader's gradebook, formgrader and feedback.

A course of your own needs two lines in its `nbgrader_config.py`:

    from autograder.nbgrader_plugin import configure
    configure(get_config())

This package is the only code that imports nbgrader and nbconvert.
"""

from autograder.nbgrader_plugin.configuration import configure

__all__ = ["configure"]
