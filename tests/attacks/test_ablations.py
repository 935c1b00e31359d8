"""What each layer is for: with one taken away, the attacks that it alone holds get through – in the sandbox of the
others, against a laboratory. It shows as well that these attacks can succeed and that the harness would see it.

The layers are taken away by the command line that this test starts in place of the product's fork server; nothing
in the product knows of it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from autograder.sandbox import Isolation, jail, probe
from tests.support.attack import CORPUS, read
from tests.support.harness import Arena, Outcome

OFF = {
    "seccomp": "seccomp.Filter.install = lambda self: None",
    "landlock": "landlock.Ruleset.restrict_self = lambda self: None",
    "an empty memory": "sys.left_behind = {'canary-of-the-grader': []}",
}
ENTRY = """
import importlib.util, sys
folder = {folder!r}
spec = importlib.util.spec_from_file_location("inside", folder + "/__init__.py", submodule_search_locations=[folder])
sys.modules["inside"] = package = importlib.util.module_from_spec(spec)
spec.loader.exec_module(package)
from inside import harden, landlock, seccomp
{off}
harden._prove = lambda: None
from inside import fork_server
fork_server.main(*sys.argv[2:])
"""
LEVELS = {"A": Isolation.BWRAP, "B": Isolation.KERNEL}
# (level, the layer that is off): attacks that get through then. None of them can hurt more than the laboratory.
THROUGH = {
    ("A", "seccomp"): [
        "network/connect",
        "network/system_calls",
        "bombs/memory_file",
        "signal/fcntl_owner",
        "leak/page_cache",
    ],
    ("B", "seccomp"): [
        "network/connect",
        "network/unix_sockets",
        "bombs/memory_file",
        "signal/fcntl_owner",
        "read/clocks_of_others",
        "read/owners_of_locks",
    ],
    ("A", "landlock"): ["read/site_packages"],
    ("B", "landlock"): [
        "read/canaries",
        "read/tokenizer_and_tracebacks",
        "persist/lab_files",
    ],
    ("B", "an empty memory"): ["harvest/stack_and_heap"],
}
# And the other layer still holds these.
HELD = {
    ("A", "seccomp"): ["read/canaries", "read/existence", "persist/lab_files"],
    ("B", "seccomp"): ["read/canaries", "read/existence", "persist/lab_files"],
    ("A", "landlock"): ["network/system_calls", "bombs/fork", "read/canaries", "persist/lab_files"],
    ("B", "landlock"): ["network/system_calls", "bombs/fork", "signal/fcntl_owner", "tamper/file_metadata"],
}
# What an older kernel's Landlock does not know, the filter of system calls holds: truncation before ABI 3, TCP before
# 4, devices' controls before 5, signals and abstract sockets before 6.
OLDER = {f"landlock {abi}": f"landlock.abi = lambda: {abi}" for abi in (1, 2, 3, 4, 5)}
ON_OLDER_KERNELS = [
    *("read/canaries", "read/open_variants", "persist/lab_files", "tamper/file_metadata", "network/connect"),
    *("network/unix_sockets", "network/system_calls", "signal/by_number", "signal/fcntl_owner"),
]
CASES = [(level, off, name) for (level, off), names in THROUGH.items() for name in names]
HELD_CASES = [(level, off, name) for (level, off), names in HELD.items() for name in names]


def without(off: str, start: str, *arguments: str) -> list[str]:
    """The product's command line for its fork server, with a layer left out."""
    command = jail.interpreter(), "-P", "-s", "-S", "-B"
    if start != "fork_server":
        return [*command, jail._INSIDE, start, *arguments]
    return [*command, "-c", ENTRY.format(folder=jail._INSIDE, off=(OFF | OLDER)[off]), start, *arguments]


@contextmanager
def arena_without(level: str, off: str) -> Iterator[Arena]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jail, "python", lambda *words: without(off, *words))
        with Arena(LEVELS[level]) as arena:
            yield arena


@pytest.fixture(scope="module")
def outcomes() -> dict[tuple[str, str, str], Outcome]:
    """All ablations, each arena opened once."""
    found = {}
    works = {layer.name: layer.ok for layer in probe()}
    tried = {case: [*names, *HELD.get(case, ())] for case, names in THROUGH.items()}
    tried |= {("B", older): ON_OLDER_KERNELS for older in OLDER}
    for (level, off), names in tried.items():
        if all(works[name] for name in ("landlock", "seccomp", *["bubblewrap"] * (level == "A"))):
            with arena_without(level, off) as arena:
                for name in names:
                    found[level, off, name] = arena.run(read(CORPUS / f"{name}.py"))
    return found


def outcome(outcomes: dict[tuple[str, str, str], Outcome], *case: str) -> Outcome:
    if case not in outcomes:
        pytest.skip("this machine lacks one of the layers")
    return outcomes[case]


@pytest.mark.slow
@pytest.mark.parametrize(("level", "off", "name"), CASES)
def test_without_the_layer_the_attack_gets_through(
    outcomes: dict[tuple[str, str, str], Outcome], level: str, off: str, name: str
) -> None:
    assert outcome(outcomes, level, off, name).complaints


@pytest.mark.slow
@pytest.mark.parametrize(("level", "off", "name"), HELD_CASES)
def test_the_other_layers_still_hold(
    outcomes: dict[tuple[str, str, str], Outcome], level: str, off: str, name: str
) -> None:
    assert outcome(outcomes, level, off, name).complaints == ()


@pytest.mark.slow
@pytest.mark.parametrize("older", OLDER)
@pytest.mark.parametrize("name", ON_OLDER_KERNELS)
def test_with_an_older_landlock_nothing_gets_through(
    outcomes: dict[tuple[str, str, str], Outcome], older: str, name: str
) -> None:
    assert outcome(outcomes, "B", older, name).complaints == ()


@pytest.mark.parametrize("word", ["off", "ablat", "disable", "DEBUG"])
def test_no_switch_in_the_product(word: str) -> None:
    """Neither its command line nor its environment reaches the walls."""
    assert word not in " ".join(jail.python("fork_server"))
    assert not [name for name in jail.environment() if word.lower() in name.lower()]
    assert os.environ.keys() - jail.environment().keys()  # the grader's environment is not passed on
