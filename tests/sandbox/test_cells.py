"""Notebook cells that are not quite Python, and libraries that are not quite there."""

import ast
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.course import notebooks
from autograder.demo.handin import solved
from autograder.intake.submission import from_cells
from autograder.sandbox import Cell, OwnCode
from autograder.sandbox.inside.shell import _definitions
from tests.support.levels import ask, cells


def value(source: str) -> Any:
    """`x` after the cell, wherever the cell's error; without isolation, as the code is ours."""
    with OwnCode().open(cells("x = None", source, "def f(): return x")) as session:
        return session.errors, session.calls("f", [()])[0].value


@pytest.mark.parametrize(
    "source",
    [
        "%matplotlib inline\nx = 1",
        "x = 1\n!pip install numpy\n%load_ext autoreload",
        "if True:\n    !ls\n    x = 1",
        "if True:\n    %time\nx = 1",
        "np.linspace?\nx = 1\n?np.zeros\nnp.ones??",
        "%%time\nx = 1",
        "\n%%time -n 10\n%config a\nx = 1",
        "%%capture out\nx = 1",
        "%%prun\nx = 1",
        "%matplotlib inline\nx = (5\n  % 2)",  # black puts operators first: this is no magic
        "x = '''\n%s\n''' % 1 and 1",
        "get_ipython().run_line_magic('matplotlib', 'inline'); x = 1",
        "display(np.zeros(3)); help(np); exit(); x = 1",
        "!echo it's\nx = 1",
    ],
)
def test_magics_are_passed_over(source: str) -> None:
    assert value(source) == ((), 1)


@pytest.mark.parametrize("magic", ["%%bash", "%%html", "%%javascript", "%%writefile x.py"])
def test_cells_in_another_language_are_skipped(magic: str) -> None:
    assert value(f"{magic}\nx = 1 +") == ((), None)


def test_line_numbers_survive_magics() -> None:
    [error], _ = value("%%time\n%matplotlib inline\nx = 1 +")
    assert error.message == "invalid syntax (line 3)"


JUPYTER = {  # what runs there, and what `x` is then
    "files = !ls\nx = len(files)": 0,
    "files = !ls *.csv\nx = [f for f in files]": [],
    "where = %pwd\nx = isinstance(where, str)": True,
    "t = %timeit -o sum([1])\nx = float(t.average)": 0.0,
    "x = %time 1 + 1": 2,
    "%time x = 3": 3,
    "for i in range(2):\n    %time x = i": 1,
    "!pip install \\\n    numpy\nx = 1": 1,
    "if True:\n    !pip install \\\n        numpy\n    x = 1": 1,
    "import asyncio\nasync def g():\n    await asyncio.sleep(0)\n    return 4\nx = await g()": 4,
    "import asyncio\nx = await asyncio.gather(asyncio.sleep(0.01, 1), asyncio.sleep(0, 2))": [1, 2],
    "async def pairs():\n    yield 5\nasync for x in pairs():\n    pass": 5,
    "%%time\nx = 1\n%time x = 2": 2,
    "%%capture out\nprint(1)\nx = isinstance(out.stdout, str) or 1": 1,
    "%%timeit\nx = 1": None,  # Jupyter runs it in a function
    "%pylab inline\nx = float(linspace(0, 1, 2)[1])": 1.0,
    "from google.colab import drive\ndrive.mount('/content/drive')\n#@title form\nn = 3 #@param\nx = n": 3,
    "%cd missing\n%env A=1\n%load_ext autoreload\n%autoreload 2\nx = 1": 1,
    ">>> x = 1": 1,
    "In [3]: x = 1": 1,
    "    x = 1\n    y = 2": 1,
    "get_ipython().system('ls'); get_ipython().magic('matplotlib inline'); x = 1": 1,
    "a = 1\n\n\n%matplotlib inline\nx = a": 1,
    "np.dot?\n?np.dot\nnp.dot??\n!!ls\nx = 1": 1,
}


@pytest.mark.parametrize("source", JUPYTER)
def test_what_jupyter_runs_is_run(source: str) -> None:
    assert value(source) == ((), JUPYTER[source])


def test_it_runs_in_the_worker_as_well(sandbox: Any) -> None:
    with sandbox.open(cells(*JUPYTER)) as session:
        assert session.errors == ()


def test_the_history_of_a_notebook_is_there(anywhere: Any) -> None:
    sources = ("6 * 7", "y = _ + 1", "None", "_ + 1;", "[_, _1]", "In[2], Out[1], sorted(Out), _[1]")
    history = [Cell(number, source, number) for number, source in enumerate(sources, 1)]
    history.append(Cell(9, "z = _\nfor _ in range(3): pass\n_", 9))
    history.append(Cell(10, "w = _, len(In)\ndef f(): return [y, z, w]", 10))
    with anywhere.open(history) as session:
        assert session.errors == ()
        y, z, w = session.calls("f", [()])[0].value
    assert (y, w) == (43, [2, 11])
    assert z == ["y = _ + 1", 42, [1, 5], 42]


PLOTTING = [
    "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1], label='a'); fig.savefig('x.png')",
    "import matplotlib.pyplot as plt\nfig, axes = plt.subplots(2, 3)\naxes[0, 1].plot([1])\nassert axes.shape == (2, 3)"
    "\nfor a in axes.flat: a.set(xlabel='n')\nassert len(axes.ravel()) == 6",
    "import matplotlib.pyplot as plt\nfig, (a, b) = plt.subplots(1, 2)\nfig, (a, b) = plt.subplots(nrows=2)",
    "import matplotlib.pyplot as plt\n_, axes = plt.subplots(1, 1, squeeze=False)\naxes[0][0].hist([1])",
    "import matplotlib.pyplot as plt\nfig = plt.figure(figsize=(3, 4))\na, b = fig.subplots(2)\n"
    "fig.add_subplot(111).imshow([[1]])",
    "import matplotlib.pyplot as plt\nn, bins, patches = plt.hist([1, 2], bins=7)\nassert len(bins) == len(n) + 1 == 8",
    "import matplotlib.pyplot as plt\nline, = plt.plot([1])\nline.set_color('r')",
    "import matplotlib.pyplot as plt\nline, = plt.semilogy([1]); low, high = plt.ylim(); high * 1.1 - low",
    "import matplotlib.pyplot as plt\nwith plt.style.context('dark'), plt.rc_context(): plt.show()",
    "import matplotlib.pyplot as plt\nplt.rcParams['figure.figsize'] = (3, 4)\nplt.rcParams.update({'a': 1})",
    "import matplotlib as mpl\nmpl.use('Agg'); mpl.rcParams['a'] = 1; mpl.__version__.split('.')",
    "from matplotlib.ticker import MaxNLocator\nfrom mpl_toolkits.mplot3d import Axes3D\nMaxNLocator(integer=True)",
    "import matplotlib.pyplot as plt\nplt.gca().yaxis.set_major_locator(plt.NullLocator())\n"
    "plt.colorbar(plt.imshow([[1]]))",
    "import matplotlib.pyplot as plt\ndef draw(ax: plt.Axes | None = None): return isinstance(ax, plt.Axes)\ndraw()",
    "import matplotlib.pyplot as plt\nhandles, labels = plt.gca().get_legend_handles_labels()\nf'{plt.gcf().dpi:.2f}'",
    "from pylab import *\nplt.plot([1])",
    "import seaborn as sns\nsns.set_theme(); sns.heatmap([[1]]).set_title('a')",
    "import plotly.express as px\nimport plotly.graph_objects as go\ngo.Figure(data=[go.Bar(y=[1])]).show()",
    "from bokeh.plotting import figure, show\nshow(figure(title='a'))",
    "import altair as alt\nalt.Chart(1).mark_line() + alt.Chart(2).mark_bar()",
    "from IPython.display import display, HTML, clear_output\nclear_output(wait=True); display(HTML('<b>'))",
    "import ipywidgets as widgets\n@widgets.interact(n=(1, 9))\ndef show(n): pass",
    "from tqdm import tqdm, trange\nassert [i for i in tqdm(range(3))] == [0, 1, 2] == list(trange(3))\n"
    "assert len(tqdm([1])) == 1",
    "from tqdm.auto import tqdm\nbar = tqdm([1, 2], desc='a')\nfor i in bar: bar.set_postfix(loss=i)\nassert i == 2",
    "import tqdm\nwith tqdm.tqdm(total=5) as bar: bar.update(1)",
    "from tqdm.notebook import tqdm_notebook\nassert sum(tqdm_notebook([1, 2])) == 3",
]


@pytest.mark.parametrize("source", PLOTTING)
def test_plotting_and_display_do_nothing(source: str) -> None:
    assert value(source + "\nx = 1") == ((), 1)


def test_stand_ins_are_there_in_the_worker(sandbox: Any) -> None:
    with sandbox.open(cells(*PLOTTING)) as session:
        assert session.errors == ()


def test_a_stand_in_is_no_result(anywhere: Any) -> None:
    with anywhere.open(cells("import matplotlib.pyplot as plt\ndef f(): return plt.figure()")) as session:
        assert session.calls("f", [()])[0].error == "unsupported"


def test_classes_of_the_notebook_work(sandbox: Any) -> None:
    source = """
from dataclasses import dataclass
import typing, copy, pickle
@dataclass
class Layer:
    W: "np.ndarray"
def f():
    layer = pickle.loads(pickle.dumps(copy.deepcopy(Layer(np.ones(2)))))
    return layer.W, typing.get_type_hints(Layer)["W"] is np.ndarray
"""
    result = ask(sandbox, source)
    assert result[1] is True


LINES = st.sampled_from(
    ["def f():", "def f(", "    return 1", "import math", "import math; 5", "from math import (", "  pi); pi",
     "  pi", ")", "): pass; 5", "5", "import math \\", " ; 7", '    """', '"""', "@f", "@f(", "class A:", "# 1", "",
     "    pass; 5", "def g(): pass\r5", "\f5", " \f5", "async def h(): pass", "define(3)", "from_x = 1",
     "import math  # a; b"]
)  # fmt: skip


@given(st.lists(LINES, max_size=6).map("\n".join))
@example("import math \\\n ; 7")
@example("from math import (\n  pi); pi")
@example("def g(): pass\r5")
def test_a_cell_that_is_not_taken_apart_ends_in_no_expression(source: str) -> None:
    if _definitions(source, "<cell>"):
        body = ast.parse(source).body
        assert not body or not isinstance(body[-1], ast.Expr)


def test_most_cells_are_not_taken_apart() -> None:
    for name in notebooks.assignments():
        for cell in from_cells("x", solved(name)["cells"], None, name).essential:
            assert _definitions(cell.source, "<cell>"), cell.source
