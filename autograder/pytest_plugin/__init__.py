"""`pytest --autograde FOLDER`: what students handed in, an item a check. Without the option it does nothing.

pytest obeys what lies beside the files that it collects: `conftest.py`, test modules, its own configuration. With the
option none of them is read below what is graded, since students wrote it.
"""

import sys
from pathlib import Path

import pytest

SECRET, COURSE = "autograde_secret_file", "autograde_course"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options, and the same in the configuration."""
    group = parser.getgroup("autograder", "grading notebooks (autograder)")
    group.addoption(
        "--autograde",
        action="store_true",
        help="Grade the notebooks in the folders that are named, an item a check.",
    )
    group.addoption("--autograde-secret-file", metavar="FILE", help="Hidden inputs follow from this file.")
    group.addoption(
        "--autograde-course", metavar="DIR", help="Points and exercises as in the course's own notebooks."
    )
    parser.addini(COURSE, "The folder of the course, seen from the configuration's folder.")
    parser.addini(SECRET, "The file from which hidden inputs follow, seen from the configuration's folder.")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """No `conftest.py` is imported: it may be a student's."""
    if early_config.known_args_namespace.autograde:
        early_config.known_args_namespace.noconftest = True


def pytest_configure(config: pytest.Config) -> None:
    """Begin to collect notebooks, and nothing else."""
    if not config.getoption("--autograde"):
        return
    _refuse_what_students_could_configure(config)
    from autograder.pytest_plugin.grading import Plugin

    plugin = Plugin(
        _path(config, "--autograde-secret-file", SECRET),
        _path(config, "--autograde-course", COURSE),
        _paths(config),
    )
    config.pluginmanager.register(plugin, "autograder-grading")


def _refuse_what_students_could_configure(config: pytest.Config) -> None:
    if config.args_source is not config.ArgsSource.ARGS:
        raise pytest.UsageError("--autograde: name the folder of what was handed in")
    graded = [path.resolve() for path in _paths(config)]
    if config.inipath is not None and _lies_in(config.inipath, graded):
        raise pytest.UsageError(
            f"--autograde: {config.inipath} lies in what is graded, so that a student may have written it; "
            "give a configuration of your own, which may be empty, with -c FILE"
        )
    for entry in sys.path:
        if _lies_in(Path(entry), graded):
            raise pytest.UsageError(
                f"--autograde: Python looks for modules in {Path(entry).resolve()}, which is graded: "
                "start pytest in another folder"
            )


def _lies_in(path: Path, folders: list[Path]) -> bool:
    return any(path.resolve().is_relative_to(folder) for folder in folders)


def _paths(config: pytest.Config) -> list[Path]:
    return [config.invocation_params.dir / argument.partition("::")[0] for argument in config.args]


def _path(config: pytest.Config, option: str, name: str) -> Path | None:
    """What an option says, seen from here, or the configuration, seen from there."""
    given = config.getoption(option)
    if given:
        return config.invocation_params.dir / str(given)
    configured = config.getini(name)
    return (config.inipath or config.rootpath / "-").parent / str(configured) if configured else None
