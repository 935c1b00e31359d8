"""Wrong layer normalisations."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.reference.beyond import Array

catalogue = Catalogue()


@catalogue.add("Examples are columns. Whose mean do you subtract: an example's, or a unit's over the batch?")
def batch_norm(A: Array, epsilon: float = 1e-5) -> Array:
    """normalises each row over the batch (that is batch normalisation) instead of each column"""
    mean = A.mean(axis=1, keepdims=True)
    variance = A.var(axis=1, keepdims=True)
    return (A - mean) / np.sqrt(variance + epsilon)


@catalogue.add("How many means does your function compute, and how many examples are there?")
def one_mean_for_all(A: Array, epsilon: float = 1e-5) -> Array:
    """takes one mean and one variance over the whole matrix"""
    return (A - A.mean()) / np.sqrt(A.var() + epsilon)


@catalogue.add("What is added first, and of what is the root taken?")
def epsilon_outside_the_root(A: Array, epsilon: float = 1e-5) -> Array:
    """adds epsilon to the standard deviation instead of to the variance"""
    return (A - A.mean(axis=0)) / (A.std(axis=0) + epsilon)


@catalogue.add("What does your function return for a column of equal numbers?")
def epsilon_forgotten(A: Array, epsilon: float = 1e-5) -> Array:
    """leaves epsilon out"""
    return (A - A.mean(axis=0)) / A.std(axis=0)


@catalogue.add("What changes in your result when the caller asks for another epsilon?")
def epsilon_fixed(A: Array, epsilon: float = 1e-5) -> Array:
    """always uses epsilon 1e-5, whatever was given"""
    return (A - A.mean(axis=0)) / np.sqrt(A.var(axis=0) + 1e-5)


@catalogue.add("Is epsilon a variance or a standard deviation here?")
def epsilon_squared(A: Array, epsilon: float = 1e-5) -> Array:
    """adds epsilon squared to the variance"""
    return (A - A.mean(axis=0)) / np.sqrt(A.var(axis=0) + epsilon**2)


@catalogue.add("If a signal doubles, what happens to its variance, and what should happen to your result?")
def divides_by_the_variance(A: Array, epsilon: float = 1e-5) -> Array:
    """divides by the variance instead of by its square root"""
    return (A - A.mean(axis=0)) / (A.var(axis=0) + epsilon)


@catalogue.add("Is the variance here the average over the n units, or an estimate from a sample?")
def sample_variance(A: Array, epsilon: float = 1e-5) -> Array:
    """divides the squares by n − 1 instead of n"""
    centred = A - A.mean(axis=0)
    return centred / np.sqrt(np.sum(centred**2, axis=0) / (len(A) - 1) + epsilon)


@catalogue.add("What is the mean of each column of your result?")
def mean_kept(A: Array, epsilon: float = 1e-5) -> Array:
    """divides by the spread but does not subtract the mean"""
    return A / np.sqrt(A.var(axis=0) + epsilon)


@catalogue.add("The variance is measured around which point?")
def root_mean_square(A: Array, epsilon: float = 1e-5) -> Array:
    """divides by the root of the mean square of the original signal, mean included"""
    return (A - A.mean(axis=0)) / np.sqrt(np.mean(A**2, axis=0) + epsilon)


@catalogue.add("What is the variance of each column of your result?")
def spread_kept(A: Array, epsilon: float = 1e-5) -> Array:
    """subtracts the mean but does not divide by the spread"""
    return A - A.mean(axis=0)


@catalogue.add("How does the length of a column of variance 1 depend on the number of units n?")
def unit_length(A: Array, epsilon: float = 1e-5) -> Array:
    """gives each column length 1 instead of variance 1: sums the squares where it should average them"""
    centred = A - A.mean(axis=0)
    return centred / np.sqrt(np.sum(centred**2, axis=0) + epsilon)


@catalogue.add("What would a second call with the same A compute? `-=` writes into the array itself.")
def changes_its_input(A: Array, epsilon: float = 1e-5) -> Array:
    """works in place, so that the caller's A changes"""
    A -= A.mean(axis=0)
    A /= np.sqrt(A.var(axis=0) + epsilon)
    return A
