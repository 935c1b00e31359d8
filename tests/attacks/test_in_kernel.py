"""What gave full marks, or worse, on stock nbgrader from inside a solution cell: here no student code ever runs in a
kernel, nor in a process that could reach the gradebook. One class of attackers, one real `nbgrader autograde`.
"""

import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from autograder.course import notebooks
from autograder.demo.handin import released, solved
from autograder.sandbox import Sandbox, SandboxUnavailable
from tests.support.scratch import ASSIGNMENT, ScratchCourse, scratch_course
from tests.support.traces import descendants

pytestmark = pytest.mark.slow
ATTACKED = "linear_forward"
VICTIMS = ("a_first_victim", "zz_last_victim")
HOSTILE = {
    "input_transformer": "ip = get_ipython()\nip.input_transformers_cleanup.append(lambda lines: ['16.0\\n'])\n",
    "ast_transformer": """
import ast
class Pass(ast.NodeTransformer):
    def visit_Module(self, node): return ast.parse("16.0")
get_ipython().ast_transformers.append(Pass())
""",
    "displayhook": "import sys\nsys.displayhook = lambda value: None\nsys.displayhook(float('nan'))\n",
    "displayhook_nan": "import sys\nsys.__displayhook__(float('nan'))\nget_ipython().displayhook(float('nan'))\n",
    "result_in_advance": "16.0\n",
    "forged_execute_result": """
from IPython import get_ipython
kernel = get_ipython().kernel
kernel.send_response(kernel.iopub_socket, "execute_result",
    {"execution_count": 1, "data": {"text/plain": "16.0"}, "metadata": {}})
""",
    "always_equal": """
class Equal:
    __eq__ = __le__ = __ge__ = lambda s, o: True
    __array__ = lambda s, *a: np.zeros(1)
np.allclose = np.array_equal = lambda *a, **k: True
def linear_forward(X, weights): return Equal()
""",
    "read_the_source": """
import glob
found = [open(path).read() for path in glob.glob("../**/solutions/**/*.ipynb", recursive=True)]
exec("def linear_forward(X, weights):" + found[0].split("def linear_forward(X, weights):")[1])
""",
    "read_absolute_source": "exec(open('@COURSE@/solutions/1-deep-chains/1-deep-chains.ipynb').read())\n",
    "copy_another_submission": """
import json
cells = json.load(open("@COURSE@/submitted/a_first_victim/1-deep-chains/1-deep-chains.ipynb"))["cells"]
exec("".join(next(c for c in cells if "def linear_forward" in "".join(c["source"]))["source"]))
""",
    "edit_the_gradebook": """
import sqlite3
book = sqlite3.connect("@COURSE@/gradebook.db")
book.execute("update grade set manual_score = 18")
book.commit()
""",
    "gradebook_trigger": """
import sqlite3
book = sqlite3.connect("@COURSE@/gradebook.db")
book.execute("create trigger t after update on grade begin update grade set manual_score = 99; end")
book.commit()
""",
    "delete_the_gradebook": "import os\nos.remove('@COURSE@/gradebook.db')\n",
    "zero_another": """
import sqlite3
book = sqlite3.connect("@COURSE@/gradebook.db", isolation_level=None)
book.execute("update grade set auto_score = 0, extra_credit = -9")
""",
    "detached_process": """
import os, time
if os.fork() == 0:
    os.setsid()
    time.sleep(2)
    open("@COURSE@/detached", "w")
    os._exit(0)
""",
    "detached_shell": """
import subprocess
subprocess.Popen("sleep 2; touch @COURSE@/detached", shell=True, start_new_session=True)
""",
    "startup_file": """
import os
for home in ("@COURSE@/home", os.path.expanduser("~")):
    for name in (".ipython/profile_default/startup/0.py", ".jupyter/jupyter_nbconvert_config.py", "ipython/startup.py"):
        os.makedirs(os.path.dirname(os.path.join(home, name)), exist_ok=True)
        open(os.path.join(home, name), "w").write("open('@COURSE@/startup', 'w')")
""",
    "course_modules": """
for name in ("numpy.py", "nbgrader_config.py", "sitecustomize.py", "conftest.py"):
    for folder in (".", "@COURSE@", "@COURSE@/submitted"):
        try: open(f"{folder}/{name}", "a").write("raise SystemExit('pwned')")
        except OSError: pass
""",
    "hidden_tests_in_frames": """
import sys
def linear_forward(X, weights):
    frame, seen = sys._getframe(), []
    while frame: seen.append(str(frame.f_locals)); frame = frame.f_back
    if "check_" in "".join(seen): raise SystemExit("PWNED")
    return X
""",
    "hidden_tests_in_history": "print('PWNED', In)\nIn[-1]\n",
    "comm_and_stdin": """
from IPython.display import display, Javascript
display(Javascript("Jupyter.notebook.kernel.execute('16.0')"))
input("?")
""",
    "kill_the_parent": "import os, signal\nfor pid in (os.getppid(), os.getpgid(0)): os.kill(pid, signal.SIGKILL)\n",
    "kernel_connection_file": """
import glob, json
for path in glob.glob("@COURSE@/home/**/kernel-*.json", recursive=True): print("PWNED", json.load(open(path)))
""",
    "cell_magic": "%%javascript\nIPython.notebook.kernel.execute('16.0')\n",
    "shell_magic": "!touch @COURSE@/pwned_by_shell\n%system touch @COURSE@/pwned_by_shell\n",
    "autoreload_and_run": "%run @COURSE@/solutions/1-deep-chains/1-deep-chains.ipynb\n%load_ext autoreload\n",
    "print_to_stderr": "import sys\nprint('Traceback: pwned', file=sys.stderr)\nget_ipython().showtraceback()\n",
}


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> ScratchCourse:
    """The class after grading."""
    try:
        Sandbox().close()
    except SandboxUnavailable as error:
        pytest.skip(f"nbgrader refuses to grade on this machine: {error}")
    scratch = scratch_course(tmp_path_factory.mktemp("attacked"))
    assert scratch.nbgrader("generate_assignment", ASSIGNMENT).returncode == 0
    for name, source in HOSTILE.items():
        scratch.hand_in(name, solved(ASSIGNMENT, {ATTACKED: source.replace("@COURSE@", str(scratch.root))}))
    for name in VICTIMS:
        scratch.hand_in(name, solved(ASSIGNMENT))
    _snapshot(scratch).write_text("\n".join(_files(scratch)))
    done = scratch.nbgrader("autograde", ASSIGNMENT)
    assert done.returncode == 0, done.stderr[-3000:]
    return scratch


def _snapshot(scratch: ScratchCourse) -> Path:
    return scratch.root.with_name("before.txt")


def _files(scratch: ScratchCourse) -> list[str]:
    ours = ("autograded", "gradebook.db", "home", ".autograder-secret")
    paths = (path.relative_to(scratch.root) for path in scratch.root.rglob("*"))
    return sorted(str(path) for path in paths if not str(path).startswith(ours))


def full() -> dict[str, float]:
    return dict(notebooks.assignments()[ASSIGNMENT].points)


@pytest.mark.parametrize("name", HOSTILE)
def test_the_attack_earns_nothing_and_costs_nothing_else(attacked: ScratchCourse, name: str) -> None:
    scores = attacked.scores(name)
    assert scores[ATTACKED] == 0.0
    assert {k: v for k, v in scores.items() if k != ATTACKED} == {
        k: v for k, v in full().items() if k != ATTACKED
    }


@pytest.mark.parametrize("name", VICTIMS)
def test_nobody_else_s_grade_changes(attacked: ScratchCourse, name: str) -> None:
    assert attacked.scores(name) == full()


def test_the_gradebook_holds_what_grading_wrote(attacked: ScratchCourse) -> None:
    with sqlite3.connect(attacked.root / "gradebook.db") as book:
        assert book.execute("select count(*) from sqlite_master where type = 'trigger'").fetchone() == (0,)
        extra = "select count(*) from grade where manual_score > 0 or extra_credit > 0 or extra_credit < 0"
        assert book.execute(extra).fetchone() == (0,)


def test_no_file_is_left(attacked: ScratchCourse) -> None:
    assert _files(attacked) == _snapshot(attacked).read_text().split("\n")
    assert not list((attacked.root / "home").rglob("startup"))
    assert not list((attacked.root / "home").rglob("*_config.py"))


def test_no_process_and_no_kernel_is_left(attacked: ScratchCourse) -> None:
    commands = [_command(pid) for pid in descendants(os.getpid())]
    assert not [one for one in commands if "sleep 2" in one or "kernel" in one]
    assert not attacked.kernel_was_started


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_stolen_is_in_what_is_returned(attacked: ScratchCourse, name: str) -> None:
    outputs: list[Any] = [cell.get("outputs", []) for cell in attacked.autograded(name)["cells"]]
    assert "PWNED" not in str(outputs)


def test_a_stub_still_earns_nothing_after_all_that(attacked: ScratchCourse) -> None:
    attacked.hand_in("zzz_stub", released(ASSIGNMENT))
    attacked.nbgrader("autograde", ASSIGNMENT, "--student=zzz_stub")
    assert set(attacked.scores("zzz_stub").values()) == {0.0}
