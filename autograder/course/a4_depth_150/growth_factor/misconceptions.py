"""Wrong growth factors of a profile."""

import numpy as np

from autograder.authoring import Catalogue
from autograder.course.reference.backpropagation import Array

catalogue = Catalogue()


@catalogue.add("A profile with two rows has one step. How many steps has one with L + 1 rows?")
def root_of_number_of_rows(profile: Array) -> Array:
    """takes the root over the number of rows, L + 1, instead of the number of steps"""
    return (profile[-1] / profile[0]) ** (1 / len(profile))


@catalogue.add("Try a profile with two rows. Which root does your function take?")
def one_step_too_few(profile: Array) -> Array:
    """takes the root over L − 1 steps"""
    return (profile[-1] / profile[0]) ** (1 / (len(profile) - 2))


@catalogue.add("Your profile holds norms, not their squares. What is asked for: the growth of which?")
def growth_of_squares(profile: Array) -> Array:
    """returns the growth of the squared norm"""
    return (profile[-1] / profile[0]) ** (2 / (len(profile) - 1))


@catalogue.add(
    "If the norm doubles and then halves, what should the growth be, and what is the mean of 2 and ½?"
)
def mean_of_quotients(profile: Array) -> Array:
    """takes the arithmetic mean of the steps' quotients, where factors call for another mean"""
    return np.mean(profile[1:] / profile[:-1], axis=0)


@catalogue.add("Which function undoes log10?")
def exponential_of_log10(profile: Array) -> Array:
    """undoes a logarithm to base 10 with exp"""
    return np.exp(np.log10(profile[-1] / profile[0]) / (len(profile) - 1))


@catalogue.add("What growth should a profile have that stays where it is: 0 or 1?")
def logarithm(profile: Array) -> Array:
    """returns the logarithm of the growth, the slope in a logarithmic plot, instead of the factor"""
    return np.log(profile[-1] / profile[0]) / (len(profile) - 1)


@catalogue.add("What does your function say of a profile that starts at 2 and stays there?")
def first_row_left_out(profile: Array) -> Array:
    """does not divide by the first row, as if it were always 1"""
    return profile[-1] ** (1 / (len(profile) - 1))


@catalogue.add("Your number belongs to the whole profile. What is the factor of one step?")
def whole_quotient(profile: Array) -> Array:
    """returns last over first without taking a root"""
    return profile[-1] / profile[0]


@catalogue.add(
    "Growth multiplies. Which operation undoes L equal multiplications: a division by L or a root?"
)
def quotient_divided_by_steps(profile: Array) -> Array:
    """divides the quotient by the number of steps instead of taking a root"""
    return profile[-1] / profile[0] / (len(profile) - 1)


@catalogue.add("Which row of the profile is the start?")
def upside_down(profile: Array) -> Array:
    """divides the first row by the last"""
    return (profile[0] / profile[-1]) ** (1 / (len(profile) - 1))


@catalogue.add("How many growth factors should come out of a profile of three examples?")
def mean_over_examples(profile: Array) -> Array:
    """averages over the examples and returns one number"""
    return np.mean((profile[-1] / profile[0]) ** (1 / (len(profile) - 1)))


@catalogue.add("Examples are columns. Along which axis of the profile do the layers lie?")
def along_the_examples(profile: Array) -> Array:
    """takes the columns for layers: last column over first"""
    return (profile[:, -1] / profile[:, 0]) ** (1 / (profile.shape[1] - 1))
