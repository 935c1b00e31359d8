"""nbgrader in this repository: generate_assignment, autograde, generate_feedback export work from here."""

from autograder.nbgrader_plugin import configure

c = get_config()  # type: ignore[name-defined]  # noqa: F821 – nbgrader puts it there
configure(c)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "assignments"
