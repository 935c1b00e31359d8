"""Formulas as MathML, which browsers draw by themselves: no script, nothing from the network."""

import re
from functools import lru_cache
from html import unescape
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import convert_to_element
from markupsafe import Markup

from autograder.nbgrader_plugin.parts import part

# All that a formula needs; no links, no colours, no styles, whatever commands there are for them.
_ELEMENTS = frozenset(
    "math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd "
    "mstyle mpadded mphantom".split()
)
_ATTRIBUTES = frozenset(
    "display displaystyle scriptlevel form fence stretchy largeop movablelimits accent lspace rspace minsize maxsize "
    "width height depth voffset linethickness mathvariant columnalign columnspacing rowspacing".split()
)
MAX_FORMULA = 2_000  # characters; what is drawn is up to twenty times as long
# A command of one's own could be called so often that the page has no end.
_DEFINITION = re.compile(r"\\(?:new(?:command|environment)|def|DeclareMathOperator)")
_BARS = ("|", "∣", "‖", "∥")
_LETTERS = ("∂", "∞")  # operators for the converter
_SIGN = re.compile(r"\\([_%#&$])")  # the converter leaves these as they are in words


@lru_cache(1000)  # a class has the course's formulas in common
def drawn(tex: str, display: str) -> Markup:
    """The formula as MathML; as it was typed if it cannot be drawn. `display` is `inline` or `block`."""
    if len(tex) > MAX_FORMULA or _DEFINITION.search(tex):
        return part("address", tex)
    try:
        return Markup(tostring(_allowed(convert_to_element(tex, display=display)), "unicode"))
    except Exception:  # the converter, which is not ours, may fail in any way on a student's text
        return part("address", tex)


def _allowed(element: Element) -> Element:
    """A copy of what is allowed, in which text is only text (the converter writes signs as entities)."""
    kept = {name: value for name, value in element.attrib.items() if name in _ATTRIBUTES}
    text = _SIGN.sub(r"\1", unescape(element.text or ""))
    if text in _BARS:
        kept.setdefault("stretchy", "false")  # as high as a letter, unless by \left and \right
    made = Element("mi" if text in _LETTERS else element.tag if element.tag in _ELEMENTS else "mrow", kept)
    made.text = text
    made.extend(map(_allowed, element))
    return made
