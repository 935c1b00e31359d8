"""For all tests: laws are tried on the same examples in every run, so that CI fails by a change and not by chance.

`pytest --hypothesis-profile default` tries new ones.
"""

from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")
