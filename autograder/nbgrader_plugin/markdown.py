"""A student's Markdown as HTML: its HTML is shown and not obeyed, nothing is linked, nothing is fetched."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any
from urllib.parse import unquote

from jinja2 import pass_context
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from autograder.nbgrader_plugin.formulas import drawn
from autograder.nbgrader_plugin.parts import part

MAX_MARKDOWN = 8_000  # characters of one cell, 1,200 words: the parser takes quadratic time
_IMAGES = ("image/png", "image/jpeg", "image/gif", "image/webp")
_PASTED = re.compile(rf"(?<=\()data:({'|'.join(_IMAGES)});base64,([A-Za-z0-9+/=]+)")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")


def without_pasted_images(source: str) -> tuple[str, dict[str, dict[str, str]]]:
    """The source with images as attachments instead of megabytes of text, and these attachments."""
    images: dict[str, dict[str, str]] = {}

    def named(match: re.Match[str]) -> str:
        name = f"pasted-image-{len(images) + 1}"
        images[name] = {match[1]: match[2]}
        return f"attachment:{name}"

    return _PASTED.sub(named, source), images


def shown_markdown(cell: Mapping[str, Any], source: str) -> Markup:
    """nbconvert's Markdown filter, made safe. Images can only be attachments, and formulas are drawn here."""
    if len(source) > MAX_MARKDOWN or cell.get("metadata", {}).get("plain"):
        return part("plain", source)
    made = _Renderer(escape=True, attachments=dict(cell.get("attachments", {})), exclude_anchor_links=True)
    return part("framed", Markup(MarkdownWithMath(renderer=made).render(source)))


@pass_context
def escaped_markdown(context: Mapping[str, Any], source: str) -> Markup:
    """The same as a filter of a template of nbconvert's."""
    return shown_markdown(context.get("cell", {}), source)


class _Renderer(IPythonRenderer):
    """nbconvert's renderer without links, without colours in code, with images of known kinds only."""

    def link(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002 – mistune's signature
        """The address as text: on a click, a page of the instructor's own Jupyter could act for a student."""
        is_its_text = unescape(text) in (url, url.removeprefix("mailto:"))
        shown = Markup(text)  # mistune has escaped it
        return str(part("address", shown) if is_its_text else part("link", shown, url))

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """An attached image, the first time it is named in a cell; all else is shown as its address."""
        # Taken out, so that a short text cannot repeat a large image a thousand times.
        prefix, _, name = url.partition(":")
        attachment = self.attachments.pop(unquote(name), {}) if prefix == "attachment" else {}
        source = next(_sources(attachment), None)
        if source is None:
            return self.link(text or "image", url, title)
        return str(part("image", source, unescape(re.sub("<[^>]*>", "", text))))

    def block_code(self, code: str, info: str | None = None) -> str:  # noqa: ARG002 – mistune's signature
        """Plain: there are lexers that take cubic time, and Mermaid's code would be obeyed."""
        return str(part("code", code))

    def inline_math(self, body: str) -> str:
        """A formula in a line."""
        return str(drawn(body, "inline"))

    def block_math(self, body: str) -> str:
        """A formula on lines of its own."""
        return str(drawn(body, "block"))

    def latex_environment(self, name: str, body: str) -> str:
        """Such as `align`."""
        return str(drawn(rf"\begin{{{name}}}{body}\end{{{name}}}", "block"))


def _sources(attachment: Mapping[str, str]) -> Iterator[str]:
    """The attachment in each kind of image that it has."""
    for kind in _IMAGES:
        data = attachment.get(kind, "")
        if data and _BASE64.fullmatch(data):
            yield f"data:{kind};base64,{data}"
