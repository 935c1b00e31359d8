"""`depth_report(scheme, activation, depth, width, rng) -> (forward_growth, backward_growth)`.

Any order of draws is right, so results are judged by windows; what equals the reference, weights drawn
before or after the input, is right without a window. Who draws in another order is called with generators that stand
still, with which the order does not matter, and who does not answer as such networks do, for many tiny networks: a
table of the windows' middles does not do. False-fail rates per submission (Chernoff bounds of the exact laws, proved in
tests/course/test_depth_bounds.py):

    ReLU,   width 48, depth 150: 2.7e-11 for each of 4 growth factors    1.1e-10
    linear, width 16, depth 150: 1e-18 for each of 4                     4e-18
    linear, width 128, depth 2:  3e-14 for both                          3e-14
    tanh, width 24:              each end is more than 13 standard deviations away in 700 simulations; the
                                 upper one forward follows from |tanh z| ≤ |z|
    sigmoid, width 16:           each end is more than 50 standard deviations away in 1500 simulations
    tiny networks: 48 counts with 1e-12 each, and 6 samples of ours

another network taken for the right one: 1.3e-11; in all about 1.8e-10.
"""

from dataclasses import replace
from math import isfinite, log2, sqrt

from autograder.authoring import Cases, Exercise, Student, check, corner, expect, pair_of_calls
from autograder.authoring.expect import CheckFailed
from autograder.course.a4_depth_150._formulas import reading
from autograder.course.a4_depth_150._pasted import blame
from autograder.course.a4_depth_150._runs import (
    Growth,
    Run,
    backward_contradicts,
    deep_runs,
    drawn_as_usual,
    follows_the_weights,
    has_right_numbers,
    is_reference,
    other_runs,
    small_runs,
    still_line,
    still_runs,
    wide_run,
)
from autograder.course.a4_depth_150._spread import FALSE_FAIL as SPREAD_FAIL
from autograder.course.a4_depth_150._spread import FEW, Kind, follows, tiny_runs
from autograder.course.reference.backpropagation import KINDS
from autograder.course.reference.depth import depth_report
from autograder.course.reference.initialization import VARIANCES
from autograder.sandbox import Reply, Rng, SessionLost, StudentFault

FALSE_FAIL = 1.8e-10  # per submission, see the module
HOLDS = (0.84, 1.19)  # about 2^(∓¼): halfway, in logarithms, to an error of a factor 2 in the variance
VANISHES = (0.84 / sqrt(2), 1.19 / sqrt(2))  # ReLU is homogeneous: Xavier is He with every weight over √2
EXPLODES = (0.84 * sqrt(2), 1.19 * sqrt(2))
SATURATED = (0.1, 0.84)  # a sigmoid's gradient: about 0.24
# Depth 2: right is 1 forward and √2 backward, where W_2 has made ŷ; with √128 left in it is 3.4.
ONE_SCALE = (0.55, 2.4)
PASTED = ("activate", "activation_derivative", "forward", "backward", "initialize_parameters")


def all_replies(student: Student, cases: Cases) -> dict[Run, Reply]:
    """The student's replies to all calls, in one round trip; the cheapest first, which helps the diagnosis."""
    first, *small = cases.once(small_runs)
    runs = [first, *small, *cases.once(other_runs), cases.once(wide_run), *cases.once(deep_runs).values()]
    return replies_to(student, [*runs, replace(first, later=True)])


def first_replies(student: Student, cases: Cases) -> dict[Run, Reply]:
    """Those to the calls that have a generator for themselves, or are the first on it."""
    return {run: reply for run, reply in student.once(all_replies, cases).items() if not run.later}


def replies_to(student: Student, runs: list[Run]) -> dict[Run, Reply]:
    """The student's replies to these calls."""
    replies = student.calls("depth_report", [run.arguments for run in runs])
    return dict(zip(runs, replies, strict=True))


def growth(student: Student, cases: Cases, run: Run) -> Growth:
    """The student's two growth factors for `run`, one of `all_replies`."""
    return trusted(student.once(all_replies, cases)[run], run)


def trusted(reply: Reply, run: Run) -> Growth:
    """Two growth factors, trusted to be finite and not negative."""
    forward, backward = expect.pair(reply.value, f"{run}")
    result = expect.number(forward, "forward_growth"), expect.number(backward, "backward_growth")
    for value, name in zip(result, ("forward_growth", "backward_growth"), strict=True):
        expect.that(
            isfinite(value) and value >= 0, f"{run}: {name} should be a positive number, it is {value:.3g}."
        )
    return result


def within(
    student: Student, cases: Cases, key: tuple[str, str], windows: tuple[Growth, Growth], law: str
) -> None:
    """Fail unless both growth factors of a deep run are in their windows; `law` says what to expect."""
    run = cases.once(deep_runs)[key]
    got = growth(student, cases, run)
    for value, (low, high), name in zip(got, windows, ("forward_growth", "backward_growth"), strict=True):
        if not low <= value <= high and not is_reference(got, run):
            expect.fail(f"{run}: {law}, but your {name} is {value:.3g} per layer.")
    _require_way_back(got, run)
    _require_measuring(student, cases)


def _require_way_back(got: Growth, run: Run) -> None:
    expect.that(
        not backward_contradicts(got, run),
        f"{run}: the forward growth is right for the network that you drew, but the backward growth is not.",
    )


def _require_measuring(student: Student, cases: Cases) -> None:
    """Fail who knows about which numbers are right, and runs no network."""
    expect.that(
        student.once(_measures, cases),
        "Your growth factors are of about the right size, but to the digit they are not those of a network that is "
        "drawn from `rng`. Are they measured in one, and as the text says?",
    )


def _measures(student: Student, cases: Cases) -> bool:
    """Whether something is measured, though not all of it may be right: one answer of three is enough."""
    runs = first_replies(student, cases)
    if has_right_numbers({run: got for run, reply in runs.items() if (got := _growth_or_none(reply, run))}):
        return True
    line = replies_to(student, cases.once(still_line))
    found = {run: got for run, reply in line.items() if (got := _growth_or_none(reply, run)) and min(got) > 0}
    return (len(found) == len(line) and follows_the_weights(found)) or _spread_complaint(
        student, cases
    ) is None


def _growth_or_none(reply: Reply, run: Run) -> Growth | None:
    try:
        return trusted(reply, run)
    except (CheckFailed, StudentFault):
        return None


def _spread(student: Student, kind: Kind, networks: int) -> None:
    """Fail unless the growths of so many networks of a kind are spread as ours are."""
    replies = replies_to(student, [*kind.runs[:networks]])
    follows(kind, [trusted(reply, run) for run, reply in replies.items()])


def _spread_complaint(student: Student, cases: Cases) -> CheckFailed | None:
    """What is wrong with the spread of tiny networks."""
    return student.once(_judge_spread, cases)


def _judge_spread(student: Student, cases: Cases) -> CheckFailed | None:
    try:
        for kind in cases.once(tiny_runs):
            _spread(student, kind, len(kind.runs))
    except CheckFailed as failed:
        return failed
    return None


@check(points=8, false_fail=3e-14)
def check_per_layer(student: Student, cases: Cases) -> None:
    """in linear networks, weights that are √2 times as large make each growth per layer √2 times as large"""
    with blame(student, cases, *PASTED):
        for run in cases.once(small_runs):
            _require_way_back(growth(student, cases, run), run)
        _scales_with_the_weights(student, cases)
        run = cases.once(wide_run)
        for value in growth(student, cases, run):
            expect.that(
                ONE_SCALE[0] <= value <= ONE_SCALE[1],
                f"{run} is a network of two layers whose weights have the right size, but you report a growth "
                f"of {value:.3g}. "
                "Is each norm compared with the norm at the start?",
            )
        _require_measuring(student, cases)


def _scales_with_the_weights(student: Student, cases: Cases) -> None:
    """The exact law: from one seed, He's weights are √2 times Xavier's, so in linear networks growth is, too.

    It holds for any order of draws. Should the two schemes draw differently, then the exponents vary from seed
    to seed: nothing is known then, and nothing is said.
    """
    runs = cases.once(small_runs)
    exponents = []  # of 2 in growth(He)/growth(Xavier); right is ½
    for xavier, he in (runs[:2], runs[2:]):
        a, b = growth(student, cases, xavier), growth(student, cases, he)
        expect.that(min(*a, *b) > 0, f"{he}: a growth factor of 0 cannot be right in a linear network.")
        exponents.append([log2(v) - log2(u) for u, v in zip(a, b, strict=True)])
    for name, one, other in zip(("forward_growth", "backward_growth"), *exponents, strict=True):
        expect.that(
            abs(one - 0.5) <= 1e-3 or abs(one - other) > 1e-12,
            f"In a linear network weights that are √2 times as large make the growth per layer √2 times as "
            f"large. At depth {runs[0].depth} your {name} becomes {2.0 ** min(one, 1e3):.4g} times as large. Over how "
            "many layers does each quotient run, which root belongs to it, and is it a quotient of norms?",
        )


@check(points=5, false_fail=4 * 2.7e-11)
def check_relu(student: Student, cases: Cases) -> None:
    """with ReLU at depth 150, He holds signal and gradient, and Xavier loses both"""
    with blame(student, cases, *PASTED):
        within(student, cases, ("he", "relu"), (HOLDS, HOLDS), "He keeps the norms of a ReLU network")
        within(student, cases, ("xavier", "relu"), (VANISHES, VANISHES), "1/n is half of what ReLU needs")


@check(points=4, false_fail=4 * 1e-18)
def check_linear(student: Student, cases: Cases) -> None:
    """without a nonlinearity at depth 150, Xavier holds signal and gradient, and He makes both explode"""
    with blame(student, cases, *PASTED):
        within(
            student, cases, ("xavier", "linear"), (HOLDS, HOLDS), "1/n keeps the norms of a linear network"
        )
        within(
            student, cases, ("he", "linear"), (EXPLODES, EXPLODES), "2/n is twice what a linear network needs"
        )


@check(points=5, false_fail=1.3e-11)
def check_tanh_and_sigmoid(student: Student, cases: Cases) -> None:
    """at depth 150 Xavier holds a tanh network; a sigmoid network keeps its signal but loses its gradient"""
    with blame(student, cases, *PASTED):
        within(
            student,
            cases,
            ("xavier", "tanh"),
            (HOLDS, HOLDS),
            "1/n is the edge for tanh, per layer little is lost",
        )
        law = "a sigmoid network's signal settles while its gradient vanishes"
        within(student, cases, ("xavier", "sigmoid"), (HOLDS, SATURATED), law)


def _numbers(reply: Reply, run: Run) -> Growth:
    forward, backward = expect.pair(reply.value, f"{run}")
    return expect.number(forward, "a growth factor"), expect.number(backward, "a growth factor")


@check(points=2)
def check_generator(student: Student, cases: Cases) -> None:
    """equal generators give equal results, other ones others, and each moves on with every call"""
    with blame(student, cases, *PASTED):
        first, _, second, *_ = runs = cases.once(small_runs)
        anew = replace(first, shared=False)
        again = _numbers(replies_to(student, [anew])[anew], first)
        later = _numbers(student.once(all_replies, cases)[replace(first, later=True)], first)
        old, new = growth(student, cases, first), growth(student, cases, second)
        replies = [student.once(all_replies, cases)[run] for run in runs]
        expect.that(
            not any(r.reseeded for r in replies), "Your function touches NumPy's global random state."
        )
        expect.that(
            again == old, "The same seed gives another result the second time: draw from `rng` alone."
        )
        expect.that(old != new, "Two different generators give the same network: draw from `rng`.")
        expect.that(
            later != old,
            "Two calls, one after the other, with one generator give the same network. Draw from the generator itself, "
            "so that it moves on, and not from a copy or its seed.",
        )
        expect.that(
            old[0] != old[1], "Forward and backward growth are the same number; they are two quotients."
        )


@check(points=6, false_fail=SPREAD_FAIL)
def check_many_networks(student: Student, cases: Cases) -> None:
    """from generator to generator the growth factors of small networks vary as those of random networks do"""
    for check_of_one in (check_per_layer, check_relu, check_linear, check_tanh_and_sigmoid):
        check_of_one.run(student, cases)
    with blame(student, cases, *PASTED):
        results = {run: trusted(reply, run) for run, reply in first_replies(student, cases).items()}
        # The right numbers of so many networks come from networks, and to compare them costs no further call.
        if drawn_as_usual(results):
            return
        others = cases.once(other_runs)
        expect.that(
            not drawn_as_usual({run: got for run, got in results.items() if run not in others}),
            'All is right but for the scheme "glorot", and for "he" with tanh or sigmoid: what is different there?',
        )
        # No other network and no other measure gives the digits of a wrong one in nine networks.
        for _ in reading(lambda calls: student.calls("depth_report", calls)):
            expect.fail(
                "To the last digit your growth factors are those of another formula, or of another network."
            )
        if _measures_where_all_draws_are_equal(student, cases):
            _spread(student, cases.once(tiny_runs)[0], FEW)  # where a mean of several networks is the same
        elif (complaint := _spread_complaint(student, cases)) is not None:
            raise complaint


def _measures_where_all_draws_are_equal(student: Student, cases: Cases) -> bool:
    """Whether all results are right, from generators that stand still. If not, that proves nothing: other methods and
    generators that are made of this one give other numbers, or none.
    """
    try:
        replies = replies_to(student, cases.once(still_runs))
        return drawn_as_usual({run: trusted(reply, run) for run, reply in replies.items()})
    except (CheckFailed, StudentFault, SessionLost):
        return False


EXERCISE = Exercise(
    depth_report,
    checks=(
        check_per_layer,
        check_relu,
        check_linear,
        check_tanh_and_sigmoid,
        check_generator,
        check_many_networks,
    ),
    trial=("xavier", "linear", 3, 2, Rng(0)),
    reading=reading,
    domain=(
        *(
            corner(f"{scheme}, {kind}", lambda *call, kind=(scheme, kind): call[:2] == kind)
            for scheme in VARIANCES
            for kind in KINDS
            if (scheme, kind)
            != ("glorot", "relu")  # small networks of it die; deep ones cost as much as He's
        ),
        corner("depth 2", lambda *call: call[2] == 2),
        corner("depth 150", lambda *call: call[2] == 150),
        corner("width 1", lambda *call: call[3] == 1),
        corner("depth 3, width 2", lambda *call: call[2:4] == (3, 2)),
        corner("depth 2, width 3", lambda *call: call[2:4] == (2, 3)),
        corner("wide", lambda *call: call[3] > 100),
        pair_of_calls("one generator twice", lambda a, b: a == b and a[-1].shared),
        pair_of_calls("one seed twice", lambda a, b: a[-1].seed == b[-1].seed and a[:-1] == b[:-1]),
        pair_of_calls("one seed, two schemes", lambda a, b: a[0] != b[0] and a[1:] == b[1:]),
        pair_of_calls("one kind, two seeds", lambda a, b: a[:4] == b[:4] and a[4] != b[4]),
    ),
)
