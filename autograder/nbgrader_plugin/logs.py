"""nbgrader's log names students' files, and shows tracebacks with their words: nothing of it may be obeyed."""

import logging

from traitlets.config import Application

from autograder.text import printable


class OnlyText(logging.Filter):
    """Lines stay lines; what a terminal would obey, and what is too long to be read, goes."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the record; it is always let through."""
        record.msg = "\n".join(printable(line, 2000) for line in record.getMessage().split("\n"))
        record.args = ()
        return True


def guard() -> None:
    """Clean the log of the application that reads this configuration, if there is one."""
    if Application.initialized():
        log = Application.instance().log
        if not any(isinstance(one, OnlyText) for one in log.filters):
            log.addFilter(OnlyText())


def warn(sentence: str | None) -> None:
    """Say this in the log of the application that reads this configuration, if there is one."""
    if sentence and Application.initialized():
        Application.instance().log.warning(sentence)
