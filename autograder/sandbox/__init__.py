"""Running a student's notebook where it can do no harm, and asking it for plain values.

    with Sandbox() as sandbox, sandbox.open(cells) as session:
        [reply] = session.calls("he_normal", [(64, 32, Rng(7))])
        reply.value

`inside` is the untrusted half; everything else here trusts nothing that comes from it.
"""

from .inside.wire import Function, Rng, Value
from .isolation import Isolation, Layer, SandboxUnavailable, enforceable, probe
from .limits import Limits, Spent
from .outcome import (
    Cell,
    CellError,
    Edit,
    Heard,
    Raised,
    Reply,
    Session,
    SessionLost,
    StudentFault,
    Workbench,
    WorkerKilled,
)
from .own_code import OwnCode
from .sandbox import Sandbox

__all__ = [
    "Cell",
    "CellError",
    "Edit",
    "Function",
    "Heard",
    "Isolation",
    "Layer",
    "Limits",
    "OwnCode",
    "Raised",
    "Reply",
    "Rng",
    "Sandbox",
    "SandboxUnavailable",
    "Session",
    "SessionLost",
    "Spent",
    "StudentFault",
    "Value",
    "Workbench",
    "WorkerKilled",
    "enforceable",
    "probe",
]
