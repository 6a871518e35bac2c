"""A web page as pages: its minutes or report without the site around it.

Council sites differ, and nothing of the minutes may be lost, so this errs towards keeping: what is known to be no content
(scripts, navigation, cookie notices, page foots) is taken away, and of the rest the marked main part is used only if it holds
most of the words. What is left is rewritten with a short list of tags and no addresses, styles or scripts at all.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

import lxml.html  # type: ignore[import-untyped]
from lxml.html import HtmlElement

from extractors.reading.decode import decode
from extractors.reading.text import SIZES, render_text
from extractors.reading.typeset import Paper, typeset
from schemas.errors import DocumentError

BODY_SIZE = 9.5
# Share of the words that a marked main part must hold to be taken for the whole.
MAIN_SHARE = 0.6
# A part named like navigation is still kept if it has this many characters and few of them are links.
CONTENT_LENGTH = 1500
LINK_SHARE = 0.5
MOST_SPAN = 100

_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "applet",
        "svg",
        "canvas",
        "audio",
        "video",
        "map",
        "input",
        "button",
        "select",
        "textarea",
        "datalist",
        "nav",
        "head",
        "link",
        "meta",
    ]
)
_BLOCKS = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "hr", "caption"]
)
_INLINE = frozenset(["b", "strong", "em", "i", "u", "sub", "sup", "small"])
_TABLE = frozenset(["table", "thead", "tbody", "tfoot", "tr", "td", "th"])
_CONTAINERS = frozenset(
    [
        "div",
        "section",
        "article",
        "main",
        "aside",
        "header",
        "footer",
        "address",
        "figure",
        "figcaption",
        "fieldset",
        "form",
        "center",
        "details",
        "summary",
        "body",
    ]
)
_FURNITURE = re.compile(
    r"cookie|consent|gdpr|breadcrumb|(^|[-_ ])(main|top|side|sub|left|right|site|global|page)?-?_?(nav|menu|navigation|footer|sidebar|"
    r"search|login|share|social|skip|pagination|toolbar)(bar|list|links|box|container|wrapper)?([-_ ]|$)|mgActionList|mgSubFooter|"
    r"mgRelated|mgLinks|readspeaker|skip-?link|skiplink|print-?link|back-?to-?top|feedback-?(form|bar)|site-?header|alert-banner",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    r"\b(we|site|website|council) (also )?use(s)? (some )?(essential )?cookies\b|accept (all )?cookies", re.IGNORECASE
)
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog"})
_MAIN = (
    ".//main",
    ".//*[@role='main']",
    ".//*[@id='modgov' or contains(concat(' ', @class, ' '), ' mgContent ')]",
    ".//article",
    ".//*[@id='main' or @id='content' or @id='main-content' or @id='maincontent' or @id='mainContent' or @id='page-content']",
    ".//*[contains(concat(' ', @class, ' '), ' main-content ') or contains(concat(' ', @class, ' '), ' content ')]",
)
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+?)\s*-->", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPage:
    """A page with its site taken away: clean inner HTML of a body, title, source address ("" if it does not say)."""

    body: str
    title: str
    url: str
    pictures: int
    paper: Paper
    preformatted: str = ""  # the whole content, if it is one block of preformatted text


def read_web_page(file: bytes) -> WebPage:
    """The content of an HTML or MHTML file. Raises DocumentError with reason `empty` if nothing is left."""
    file, url = _unpacked(file)
    declared = _CHARSET.search(file[:4096])
    source = decode(file, declared=declared.group(1).decode("ascii") if declared else "").text
    return read_markup(source, url=url)


def read_markup(source: str, *, url: str = "") -> WebPage:
    """The same, of HTML that is already text."""
    root = _parsed(source)
    title = " ".join((root.findtext(".//title") or "").split())
    url = _source_url(source, root) or url
    body = root.find("body") if root.find("body") is not None else root
    heading = body.find(".//h1")
    first_heading = _words(heading) if heading is not None else ""
    _strip(body)
    main = _main(body)
    _unfold_layout(main)
    kept_heading = first_heading and first_heading not in _words(main)
    inner = (f"<h1>{escape(first_heading)}</h1>" if kept_heading else "") + _clean(main)
    if not re.sub(r"<[^>]*>|\s", "", inner):
        raise DocumentError("The web page has no content.", reason="empty")
    pre = main.findall(".//pre")
    only_pre = pre and len(_words(pre[0])) >= 0.9 * len(_words(main))
    return WebPage(
        body=f'<div class="article">{inner}</div>',
        title=title or first_heading,
        url=url,
        pictures=sum(_is_picture(image) for image in main.iter("img")),
        paper=_paper(main),
        preformatted=pre[0].text_content() if only_pre else "",
    )


def render_web_page(page: WebPage) -> bytes:
    """The PDF of a web page's content."""
    if page.preformatted:
        return render_text(page.preformatted)
    return typeset(page.body, paper=page.paper, title=page.title)


def _parsed(source: str) -> HtmlElement:
    # lxml refuses a string that declares its encoding, and trips over zero bytes
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source.replace("\x00", ""))
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        root = lxml.html.document_fromstring(source, parser=parser)
    except (lxml.etree.ParserError, ValueError) as error:
        raise DocumentError("The web page has no content.", reason="empty") from error
    return root


def _unpacked(file: bytes) -> tuple[bytes, str]:
    """The HTML part of a web archive (MHTML) and its address; other files as they are."""
    if not re.match(rb"[A-Z][\w-]+:", file) or b"multipart/related" not in file[:4096].lower():
        return file, ""
    message = email.message_from_bytes(file, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            url = str(part.get("Content-Location", message.get("Snapshot-Content-Location", "")))
            return (payload if isinstance(payload, bytes) else b""), url
    return b"", ""


def _source_url(source: str, root: HtmlElement) -> str:
    """Where the page was saved from, as far as it says."""
    saved = _SAVED_FROM.search(source[:4096])
    if saved and saved.group(1).startswith("http"):
        return saved.group(1)
    for path, attribute in (
        (".//link[@rel='canonical']", "href"),
        (".//meta[@property='og:url']", "content"),
        (".//base", "href"),
    ):
        found = root.find(path)
        if found is not None and str(found.get(attribute, "")).startswith("http"):
            return str(found.get(attribute))
    return ""


def _words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _strip(body: HtmlElement) -> None:
    """Take away what is no content, in place: the tree is ours alone."""
    for element in list(body.iter()):
        if element is body or element.getparent() is None or not isinstance(element.tag, str):
            continue
        if element.tag in _DROPPED or _is_hidden(element) or _is_furniture(element):
            element.drop_tree()


def _is_hidden(element: HtmlElement) -> bool:
    return (
        bool(_HIDDEN.search(element.get("style", "")))
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
    )


def _is_furniture(element: HtmlElement) -> bool:
    """Whether an element belongs to the site and not to the page. A long text with few links never does."""
    names = f"{element.get('id', '')} {element.get('class', '')}"
    named = bool(_FURNITURE.search(names)) or element.get("role") in _ROLES
    inside = any(parent.tag in ("main", "article") for parent in element.iterancestors())
    framed = element.tag in ("header", "footer", "aside") and not inside
    if not (named or framed or element.tag in ("div", "section", "p", "ul", "form")):
        return False
    if element.xpath("self::main|descendant::main|descendant::*[@role='main']"):
        return False
    text = _words(element)
    if _COOKIES.search(text) and len(text) < CONTENT_LENGTH / 2 and element.find(".//table") is None:
        return True
    if not (named or framed):
        return False
    links = sum(len(_words(link)) for link in element.iter("a"))
    return len(text) < CONTENT_LENGTH or links > LINK_SHARE * len(text)


def _main(body: HtmlElement) -> HtmlElement:
    """The smallest marked main part that holds most of the words; else the body."""
    whole = len(_words(body)) - sum(len(_words(link)) for link in body.iter("a"))
    best = body
    for path in _MAIN:
        for element in body.xpath(path):
            words = len(_words(element)) - sum(len(_words(link)) for link in element.iter("a"))
            if words >= MAIN_SHARE * whole and len(_words(element)) < len(_words(best)):
                best = element
        if best is not body:
            break
    return best


def _clean(element: HtmlElement) -> str:
    """Inner HTML of an element with our short list of tags."""
    parts = [escape(element.text or "", quote=False)]
    for child in element:
        if isinstance(child.tag, str):
            parts.append(_rewritten(child))
        parts.append(escape(child.tail or "", quote=False))
    return "".join(parts)


def _rewritten(element: HtmlElement) -> str:
    tag = element.tag.lower()
    if tag in _DROPPED:
        return ""
    if tag == "br":
        return "<br>"
    if tag == "hr":
        return ""
    if tag == "img":
        return (
            f" [{escape(' '.join(element.get('alt', '').split()))}] "
            if _is_picture(element) and element.get("alt")
            else ""
        )
    if tag in ("td", "th"):
        inner = _clean(element)
        empty = "" if _words(element) else ' class="empty"'
        return f"<{tag}{_spans(element)}{empty}>{inner}</{tag}>"
    if tag == "li":
        return _marked_item(element, _clean(element))
    if tag in _BLOCKS or tag in _INLINE or tag in _TABLE:
        return f"<{tag}>{_clean(element)}</{tag}>"
    if tag in _CONTAINERS:
        return f"<div>{_clean(element)}</div>"
    return _clean(element)


def is_layout(table: HtmlElement) -> bool:
    """Whether a table only places parts of a page side by side: it holds tables, headings, lists of text, or one cell."""
    if table.get("role") in ("presentation", "none") or table.find(".//table") is not None:
        return True
    cells = list(table.iter("td", "th"))
    if len(cells) <= 1:
        return True
    return any(len(_words(cell)) > 600 or cell.xpath("descendant::h1|descendant::h2|descendant::h3") for cell in cells)


def _unfold_layout(main: HtmlElement) -> None:
    """Turn the tables that only place things, and stray cells, into plain divisions."""
    tables = [table for table in main.iter("table") if not is_layout(table)]
    cells = {part for table in tables for part in table.iter(*_TABLE)}
    for part in main.iter(*_TABLE):
        if part not in cells:
            part.tag = "div"


def _spans(cell: HtmlElement) -> str:
    found = ""
    for name in ("rowspan", "colspan"):
        value = cell.get(name, "")
        if value.isdigit() and 1 < int(value) <= MOST_SPAN:
            found += f' {name}="{value}"'
    return found


def _marked_item(element: HtmlElement, inner: str) -> str:
    """A list item with its bullet or number written out: printed markers are text like any other."""
    parent = element.getparent()
    if parent is None or parent.tag != "ol":
        return f"<li>• {inner}</li>"
    number = _whole(parent.get("start"), 1)
    for sibling in parent.iterchildren("li"):
        number = _whole(sibling.get("value"), number)
        if sibling is element:
            break
        number += 1
    return f"<li>{_marker(number, parent.get('type', '1'))} {inner}</li>"


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else default


def _marker(number: int, style: str) -> str:
    """The number of a list item as its list prints it: 3., c., III."""
    if style in ("a", "A") and 1 <= number <= 26:
        letter = chr(ord("a") + number - 1)
        return f"{letter.upper() if style == 'A' else letter}."
    if style in ("i", "I") and 1 <= number <= 39:
        roman = "x" * (number // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]
        return f"{roman.upper() if style == 'I' else roman}."
    return f"{number}."


def _is_picture(image: HtmlElement) -> bool:
    """Whether an image is more than a spacer or an icon."""
    sizes = [image.get(name, "") for name in ("width", "height")]
    return not any(size.isdigit() and int(size) <= 24 for size in sizes)


def _paper(main: HtmlElement) -> Paper:
    """Upright A4, unless the longest words of some table's columns need more."""
    needed = max((sum(_column_widths(table)) for table in main.iter("table")), default=0)
    choices = [Paper(size=BODY_SIZE), Paper(orientation="landscape", size=BODY_SIZE)]
    choices += [Paper(orientation="landscape", size=size) for size in SIZES]
    return next((paper for paper in choices if needed <= paper.columns), choices[-1])


def _column_widths(table: HtmlElement) -> Iterator[int]:
    """Characters that each column needs: its longest word and the padding."""
    widths: dict[int, int] = {}
    for row in table.iter("tr"):
        for col, cell in enumerate(row.iterchildren("td", "th")):
            longest = max((len(word) for word in _words(cell).split()), default=1)
            widths[col] = max(widths.get(col, 0), min(longest, 30) + 2)
    yield from widths.values()
