# %% right: if-zero-else
def steps_to_move(distance, learning_rate, gradient):
    if gradient == 0:
        return np.inf
    return distance / (learning_rate * abs(gradient))

# %% right: try-zero-division
def steps_to_move(distance, learning_rate, gradient):
    try:
        return float(distance) / float(learning_rate) / abs(float(gradient))
    except ZeroDivisionError:
        return np.inf

# %% right: numpy-errstate-divide
def steps_to_move(distance, learning_rate, gradient):
    with np.errstate(divide="ignore"):
        return float(np.divide(distance, learning_rate * np.abs(gradient)))

# %% right: three-branches
def steps_to_move(distance, learning_rate, gradient):
    if gradient > 0:
        step = learning_rate * gradient
    elif gradient < 0:
        step = learning_rate * -gradient
    else:
        return float("inf")
    return distance / step

# %% right: conditional-expression-fabs
from math import fabs, inf

def steps_to_move(distance: float, learning_rate: float, gradient: float) -> float:
    return distance / learning_rate / fabs(gradient) if gradient else inf

# %% right: max-of-both-signs
def steps_to_move(distance, learning_rate, gradient):
    size = max(gradient, -gradient)
    if not size > 0:
        return np.inf
    needed = distance / size           # distance in units of the gradient
    return needed / learning_rate

# %% right: helper-step-size
def step_length(learning_rate, gradient):
    """|alpha * dJ/dw|"""
    return np.absolute(learning_rate * gradient)

def steps_to_move(distance, learning_rate, gradient):
    assert distance > 0 and learning_rate > 0
    length = step_length(learning_rate, gradient)
    return np.inf if length == 0 else float(distance / length)

# %% right: abs-of-the-quotient
def steps_to_move(distance, learning_rate, gradient):
    if gradient != 0.0:
        signed = distance / (learning_rate * gradient)
        return abs(signed)
    return np.inf

# %% right: sign-times-gradient
def steps_to_move(distance, learning_rate, gradient):
    sign = np.sign(gradient)
    if sign == 0:
        return np.inf
    per_step = sign * gradient * learning_rate
    n_steps = distance * (1.0 / per_step)
    return float(n_steps)

# %% right: logarithms
import math

def steps_to_move(distance, learning_rate, gradient):
    if gradient == 0:
        return math.inf
    log_steps = math.log(distance) - math.log(learning_rate) - math.log(abs(gradient))
    return math.exp(log_steps)

# %% wrong: isclose-to-zero
# cause: treats every gradient within np.isclose of 0, that is below 1e-8, as 0 and answers infinity
# visible: passes
def steps_to_move(distance, learning_rate, gradient):
    if np.isclose(gradient, 0):
        return np.inf
    return distance / (learning_rate * abs(gradient))

# %% wrong: root-of-the-square
# cause: takes the size as the root of the square, and the square of a gradient below about 1e-162 is 0 in float64
# visible: passes
def steps_to_move(distance, learning_rate, gradient):
    size = np.sqrt(gradient ** 2)
    if size == 0:
        return np.inf
    return distance / (learning_rate * size)

# %% wrong: epsilon-in-the-denominator
# cause: adds 1e-8 to the step length against division by zero, which swamps small gradients
# visible: passes
def steps_to_move(distance, learning_rate, gradient):
    if gradient == 0:
        return np.inf
    return distance / (learning_rate * abs(gradient) + 1e-8)

# %% wrong: rounded-to-six
# cause: rounds the number of steps to six decimals, so that less than a millionth of a step becomes 0
# visible: passes
def steps_to_move(distance, learning_rate, gradient):
    if gradient == 0:
        return np.inf
    return round(distance / (learning_rate * abs(gradient)), 6)

# %% wrong: float32-gradient
# cause: converts the gradient to float32, in which everything below about 1e-45 is 0
# visible: passes
def steps_to_move(distance, learning_rate, gradient):
    g = abs(float(np.float32(gradient)))
    if g == 0:
        return np.inf
    return distance / (learning_rate * g)

# %% wrong: learning-rate-at-most-one
# cause: cuts the learning rate to at most 1, but any learning rate above 0 is allowed
# visible: passes
def steps_to_move(distance, learning_rate, gradient):
    alpha = min(learning_rate, 1.0)
    return distance / alpha / abs(gradient) if gradient else np.inf

# %% wrong: cached-by-distance-and-rate
# cause: stores answers under distance and learning rate only, so that another gradient gets the first one's answer
# visible: passes
def steps_to_move(distance, learning_rate, gradient, _answers={}):
    key = (distance, learning_rate)
    if key not in _answers:
        if gradient == 0:
            _answers[key] = np.inf
        else:
            _answers[key] = distance / (learning_rate * abs(gradient))
    return _answers[key]

# %% wrong: negative-steps
# cause: forgets the absolute value, so that a negative gradient gives a negative number of steps
# visible: fails
def steps_to_move(distance, learning_rate, gradient):
    if gradient == 0:
        return np.inf
    return distance / (learning_rate * gradient)

# %% wrong: rounded-up
# cause: rounds up to whole steps, but the number is asked for without rounding
# visible: fails
def steps_to_move(distance, learning_rate, gradient):
    if gradient == 0:
        return np.inf
    return float(np.ceil(distance / (learning_rate * abs(gradient))))

# %% wrong: zero-gradient-zero-steps
# cause: answers 0 steps when the gradient is 0, but then the weight never arrives and the answer is infinity
# visible: fails
def steps_to_move(distance, learning_rate, gradient):
    if gradient == 0:
        return 0.0
    return distance / (learning_rate * abs(gradient))
