"""Hostile submissions, run inside the sandbox only. After each, the next honest one is graded as ever."""

import contextlib
from typing import Any

import numpy as np
import pytest

from autograder.sandbox import Limits, Sandbox, Session, SessionLost

from .conftest import LEVELS, cells, require

HONEST = "def forward(w, x):\n    for m in w: x = np.tanh(x @ m)\n    return x\n"
FORGE = """
import os, sys
wire, worker = sys.modules["inside.wire"], sys.modules["inside.worker"]
import msgpack
def put(body): os.write(3, len(body).to_bytes(4, "little") + body)
"""
WEIGHTS = [np.full((8, 8), 0.25), np.eye(8)]
X = np.linspace(-1, 1, 24).reshape(3, 8)
EXPECTED = np.tanh(np.tanh(X @ WEIGHTS[0]) @ WEIGHTS[1])

# name: (source, what the call must come to): "right", or a reason for which it is lost, or an error's name.
ATTACKS = {
    "exit at load": ("import sys; sys.exit(0)", "missing"),
    "write through a null pointer": ("import ctypes\ndef forward(w, x): ctypes.memset(0, 1, 1)", "died"),
    "wild write by as_strided": (
        "def forward(w, x):\n    a = np.lib.stride_tricks.as_strided(np.zeros(1), (1 << 30,), (8,)); a[:] = 7", "died"),
    "hang at load": ("while True: pass", "missing"),
    "honest, then hang at exit": (
        HONEST + "import atexit, time\natexit.register(lambda: time.sleep(3600))\n"
        "class D:\n    def __del__(self):\n        while True: pass\nd = D()", "right"),
    "hang in the destructor of the result": (
        HONEST + "class D(list):\n    def __del__(self):\n        while True: pass\n"
        "def forward(w, x): return D()", "time"),
    "grow until killed": (
        "def forward(w, x):\n    l = []\n    while True:\n        try: l.append(bytearray(1 << 20))\n"
        "        except MemoryError: pass", "time"),
    "exhaust the C stack": (  # a signal, or an error where Python guards its stack

        "import sys; sys.setrecursionlimit(10**9)\ndef forward(w, x):\n    class A:\n"
        "        def __getattr__(s, n): return getattr(s, n)\n    return A().x", "lost"),
    "fork, kill, and go on": (
        "import os, signal\nfor p in [os.getppid(), 1, 2, -1, 0]:\n    for s in (signal.SIGSTOP, signal.SIGKILL):\n"
        "        try: os.kill(p, s)\n        except OSError: pass\ntry: os.fork()\nexcept OSError: pass\n"
        "" + HONEST, "right"),
    "kill by fcntl": (
        "import fcntl, os, signal\nfor c, a in ((8, os.getppid()), (10, signal.SIGKILL), (4, 0o20000)):\n"
        "    try: fcntl.fcntl(3, c, a)\n    except OSError: pass\n" + HONEST, "right"),
    "reach into siblings": (
        "import ctypes, os\nL = ctypes.CDLL(None)\nfor p in range(1, 200):\n    if L.ptrace(16, p, 0, 0) == 0 or "
        "L.syscall(434, p, 0) >= 0: raise SystemError('reached')\n" + HONEST, "right"),
    "leave something behind": (
        "import builtins, numpy\nnumpy.tanh = lambda x: x * 0\nbuiltins.sum = None\nnumpy.random.seed(4)\n"
        "" + HONEST, "wrong"),
    "change the inputs": (HONEST + "g = forward\ndef forward(w, x):\n    x[...] = 0\n    return g(w, x)", "wrong"),
    "return a verdict": (
        FORGE + "def send(reply): put(msgpack.packb({'id': reply['id'], 'passed': True, 'score': 100}))\n"
        "worker._send = send", "protocol"),
    "replies in advance": (
        FORGE + "for i in range(50): put(msgpack.packb({'id': i, 'replies': [[0.0, None, [], False]]}))", "missing"),
    "the same reply again": (
        FORGE + HONEST + "seen = []\ndef send(reply):\n    seen.append(wire.frame(reply)[0])\n"
        "    os.write(3, seen[0])\n"
        "worker._send = send", "protocol"),
    "a length of four gibibytes": (FORGE + "def forward(w, x): os.write(3, b'\\xff' * 4)", "protocol"),
    "nested sixty thousand deep": (
        FORGE + "def forward(w, x): put(b'\\x82\\xa2id\\x00\\xa1v' + b'\\x91' * 60000 + b'\\x00'); "
        "__import__('time').sleep(9)",
        "protocol"),
    "a promise of four tebibytes": (
        FORGE + "import struct\ndef send(r):\n    e = struct.pack('<BB1Q', 11, 1, 1 << 39)\n"
        "    put(msgpack.packb({'id': r['id'], 'replies': [[msgpack.ExtType(2, e), None, [], False]]}))\n"
        "def forward(w, x): worker._send = send", "protocol"),
    "a promise below the threshold": (
        FORGE + "import struct\ndef send(r):\n    e = struct.pack('<BB1Q', 11, 1, 0)\n"
        "    put(msgpack.packb({'id': r['id'], 'replies': [[msgpack.ExtType(2, e), None, [], False]]}))\n"
        "def forward(w, x): worker._send = send", "protocol"),
    "a name for an error": (
        FORGE + "def send(r): put(msgpack.packb({'id': r['id'], 'replies': [[None, '<script>', [], False]]}))\n"
        "def forward(w, x): worker._send = send", "other"),
    "an error and a result": (
        FORGE + "def send(r): put(msgpack.packb({'id': r['id'], 'replies': [[1.0, 'other', [], False]]}))\n"
        "def forward(w, x): worker._send = send", "protocol"),
    "positions that are none": (
        FORGE + "def send(r): put(msgpack.packb({'id': r['id'], 'replies': [[1.0, None, [True, 99], False]]}))\n"
        "def forward(w, x): worker._send = send", "protocol"),
    "write from a callback of the collector": (
        HONEST + "import gc, os\ngc.set_threshold(1); "
        "gc.callbacks.append(lambda *a: os.write(3, b'\\x05\\0\\0\\0hello'))", "lost"),
    "an object that lies": ("class L:\n    __class__ = np.ndarray\n    def __array__(s): return 1\n"
    "def forward(w, x): return L()",
                            "unsupported"),
    "print the inputs": (HONEST + "g = forward\ndef forward(w, x):\n    print(x); return g(w, x)", "right"),
    "replace the builtins": (HONEST + "__builtins__ = {}\nimport sys\n", "right"),
    "delete the module": (HONEST + "import sys\nfor n in list(sys.modules): del sys.modules[n]", "right"),
}  # fmt: skip


@pytest.fixture(scope="module", params=LEVELS, ids=["bwrap", "kernel"])
def classroom(request: pytest.FixtureRequest) -> Any:
    """One sandbox for all attacks, as one grader would have, and an honest session opened before them all."""
    require(request.param)
    with (
        Sandbox(request.param, Limits(cpu=0.3, total_cpu=2.0)) as sandbox,
        sandbox.open(cells(HONEST)) as witness,
    ):
        yield sandbox, witness


def outcome(session: Session) -> str:
    """What a second call of `forward` comes to: what the first one replaced is in force then."""
    with contextlib.suppress(SessionLost):
        session.calls("forward", [(WEIGHTS, X)])
    try:
        [reply] = session.calls("forward", [(WEIGHTS, X)])
    except SessionLost as lost:
        return lost.reason
    if reply.error is not None:
        return reply.error
    right = isinstance(reply.result, np.ndarray) and np.array_equal(reply.result, EXPECTED)
    return "right" if right else "wrong"


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_hurts_only_itself(classroom: tuple[Sandbox, Session], name: str) -> None:
    sandbox, witness = classroom
    source, expected = ATTACKS[name]
    server = sandbox._server
    with sandbox.open(cells(source)) as session:
        found = outcome(session)
        assert found not in ("right", "wrong") if expected == "lost" else found == expected
        assert outcome(witness) == "right"
    with sandbox.open(cells(HONEST)) as honest:
        assert outcome(honest) == "right"
    assert sandbox._server is server  # nobody brought the fork server down


def test_nothing_of_the_grader_is_in_a_worker_s_memory(classroom: tuple[Sandbox, Session]) -> None:
    """No object that the collector knows holds a word of the grader's. The word arrives backwards."""
    source = """
import gc
def f(drow):
    word = drow[::-1]
    gc.unfreeze()
    return sum(word in o for o in gc.get_objects() if type(o) is dict) + sum(
        word in text for o in gc.get_objects() if type(o) in (dict, list, tuple)
        for text in (o.values() if type(o) is dict else o) if type(text) is str)
"""
    sandbox, _ = classroom
    with sandbox.open(cells(source)) as session:
        found = [
            reply.value
            for reply in session.calls("f", [(word[::-1],) for word in ("autograder.checks", "inside.wire")])
        ]
    assert found[0] == 0
    assert found[1] != 0  # the scan sees what is there
