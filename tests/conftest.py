"""For all tests: laws are tried on the same examples in every run, so that CI fails by a change and not by chance,
nor because the machine is busy.

`pytest --hypothesis-profile default` tries new ones.
"""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")
