"""Right but different solutions of `steps_to_move`: all get full marks."""

VARIANTS: dict[str, str] = {
    "conditional": """
def steps_to_move(distance, learning_rate, gradient):
    return float("inf") if gradient == 0 else distance / abs(learning_rate * gradient)
""",
    "exception": """
import math

def steps_to_move(distance, learning_rate, gradient):
    try:
        return distance / (learning_rate * math.fabs(gradient))
    except ZeroDivisionError:
        return math.inf
""",
    "numpy divides by 0": """
def steps_to_move(distance, learning_rate, gradient):
    step = np.float64(learning_rate) * np.abs(gradient)
    return distance / step
""",
    "one division after the other": """
def steps_to_move(distance, learning_rate, gradient):
    if not gradient:
        return np.inf
    speed = gradient if gradient > 0 else -gradient
    return distance / learning_rate / speed
""",
    "the gradient first": """
def steps_to_move(distance, learning_rate, gradient):
    if gradient == 0.0:
        return float("inf")
    return abs(distance / gradient / learning_rate)
""",
    "an array of one number": """
def steps_to_move(distance, learning_rate, gradient):
    with np.errstate(divide="ignore"):
        return np.divide(distance, learning_rate * np.absolute(np.array(gradient)))
""",
    "sign by hand": """
def step_size(rate, slope):
    if slope < 0:
        slope = -slope
    return rate * slope

def steps_to_move(distance, learning_rate, gradient):
    size = step_size(learning_rate, gradient)
    if size > 0:
        return distance / size
    return np.inf
""",
}
