"""Wrong traces of a chain of multiples of I."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.reference.chains import Array

catalogue = Catalogue()


@catalogue.add("How many rows has your trace for a network of one layer? Which layer is the first row?")
def input_included(c: float, depth: int, x: Array) -> Array:
    """puts the input x in front, so that the trace has a row too many"""
    rows = [x]
    for _ in range(depth):
        rows.append(c * rows[-1])
    return np.array(rows)


@catalogue.add("Row 0 is the first layer's output. Has x passed through a layer by then?")
def starts_with_x(c: float, depth: int, x: Array) -> Array:
    """starts with x itself, so that every row is one layer late"""
    return np.array([c**layer * x for layer in range(depth)])


@catalogue.add("How many arrays does your list hold: many, or one array many times? And whose array is it?")
def same_array_every_row(c: float, depth: int, x: Array) -> Array:
    """stores one array again and again and changes it in place, so that all rows show the last layer"""
    a = x
    rows = []
    for _ in range(depth):
        a *= c
        rows.append(a)
    return np.array(rows)


@catalogue.add("`a = x` gives the same array a second name. What does `*=` then do to x?")
def changes_x(c: float, depth: int, x: Array) -> Array:
    """multiplies x in place, which belongs to the caller"""
    a = x
    rows = []
    for _ in range(depth):
        a *= c
        rows.append(a.copy())
    return np.array(rows)


@catalogue.add("Compute three layers by hand for c = 0.5. Is the third a sixth of x?")
def divides_by_layer(c: float, depth: int, x: Array) -> Array:
    """uses c/l for layer l: ½, ¼, then 1/6 where it should be ⅛"""
    return np.array([c / layer * x for layer in range(1, depth + 1)])


@catalogue.add("Does each layer add the same amount, or multiply by the same factor?")
def linear_in_layer(c: float, depth: int, x: Array) -> Array:
    """uses c·l for layer l, as if the signal changed linearly with depth"""
    return np.array([c * layer * x for layer in range(1, depth + 1)])


@catalogue.add("Where is layer 1 in your result: in the first row, or in the first column?")
def layers_in_columns(c: float, depth: int, x: Array) -> Array:
    """puts the layers into columns, (n, depth) instead of (depth, n)"""
    return np.array([c**layer * x for layer in range(1, depth + 1)]).T


@catalogue.add("How many layers does a trace show?")
def last_layer_only(c: float, depth: int, x: Array) -> Array:
    """returns the activations of the last layer alone"""
    a = x
    for _ in range(depth):
        a = c * a
    return a


@catalogue.add("What is the dtype of the array that you fill? What becomes of 0.5 in it?")
def integer_trace(c: float, depth: int, x: Array) -> Array:
    """fills an array of integers, which cuts off the fractions, before it returns floats"""
    trace = np.zeros((depth, len(x)), dtype=int)
    for layer in range(depth):
        trace[layer] = x * c ** (layer + 1)
    return trace * 1.0


@catalogue.add("What comes into layer 3: x, or what layer 2 has made of it?")
def always_from_x(c: float, depth: int, x: Array) -> Array:
    """computes c·x in every row instead of c times the row before"""
    return np.array([c * x for _ in range(depth)])
