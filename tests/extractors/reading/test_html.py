import pytest

from extractors.reading import typeset
from extractors.reading.html import read_markup, read_web_page
from extractors.reading.pdf import read_pdf
from extractors.reading.rendition import render

MODERNGOV = """<!DOCTYPE html>
<!-- saved from url=(0062)https://democracy.anytown.gov.uk/ieIssueDetails.aspx?IId=1234 -->
<html><head><title>Issue details - Complaints Report | Anytown Council</title><script>var a = "<p>script</p>";</script>
<style>p { background: url(http://evil.example/x.png) }</style><link rel="stylesheet" href="http://x.example/y.css"></head>
<body class="mgBody no-js"><div id="ccc" class="cookie-banner"><p>We use cookies to improve this site.</p>
<button>Accept all cookies</button></div>
<div id="skiplinks"><a href="#c">Skip to content</a></div>
<header class="site-header"><a href="/">Anytown Council</a><form><input name=q><button>Search</button></form></header>
<nav><ul><li><a href=1>Home</a></li><li><a href=1>Council tax</a></li></ul></nav>
<div class="breadcrumb">Home &gt; Meetings &gt; Agenda item</div>
<form id="aspnetForm" action="/x"><div id="modgov"><div class="mgContent">
<h1 class="mgSubTitleTxt">Agenda item</h1><h2>CHILDREN'S COMPLAINTS 2018/19</h2>
<ul class="mgActionList"><li><a href="a">Meeting of Committee</a></li><li><a href="b">View the background</a></li></ul>
<div class="mgLabel">Minutes:</div>
<div class="mgWordPara"><p class="MsoNormal">The Committee noted 117 complaints, up&nbsp;7% from 102<sup>1</sup>.</p>
<table class=MsoTable><tr><td rowspan=2><p>Team</p></td><td colspan=2><p>Complaints</p></td></tr>
<tr><td>2017/18</td><td>2018/19</td></tr><tr><td>Assessment</td><td>29</td><td></td></tr></table>
<ol start=3><li><p>Noted the report</p></li><li>Agreed</li></ol>
<img src="http://evil.example/x.png" alt="Chart of complaints" width=300><img src="file:///etc/passwd"></div>
</div></div></form><footer><p>© Anytown Council 2019. Tel 01234 567890</p></footer></body></html>"""

PLAIN_OLD = """<html><body bgcolor=white><table width=100%><tr><td width=150><a href=1>Home</a><br><a href=2>News</a></td><td>
<font size=5><b>Social Services Committee, 3 March 2004</b></font>
<p>Item 4. There were 62 complaints in 2002/03 and 71 in 2003/04.</p>
<table border=1><tr><th>Stage</th><th>2003/04</th></tr><tr><td>1</td><td>64</td></tr><tr><td>2</td><td>7</td></tr></table>
</td></tr></table></body></html>"""

ARTICLE = """<html><head><meta property="og:url" content="https://www.anytown.gov.uk/report"><title>Annual report</title></head>
<body><div class="header-nav"><ul><li><a>A</a><li><a>B</a></ul></div><div class="alert">This website uses cookies.</div>
<main><article><header><h1>Annual complaints report</h1><p>Published 3 June 2021</p></header>
<p>We received 83 complaints.</p><dl><dt>Upheld</dt><dd>31</dd><dt>Not upheld</dt><dd>52</dd></dl>
<p style="display:none">hidden 999</p><blockquote>Thank you, said 12 families</blockquote>
<footer>Author: the Complaints Manager, 4 posts</footer></article></main>
<aside><a>Related 1</a> <a>Related 2</a></aside><div id="footer">Contact us on 01234 567890</div></body></html>"""

BLOCKS = """<body><div id="nav"><a href=1>One</a></div><div class="row"><div class="content"><p>Page 1 of 2</p></div></div>
<div class="row"><p>{prose}</p></div><div class="row"><h3>Totals</h3><p>117</p></div><div class="page-footer">(c) 2020</div></body>"""


def printed(source: str) -> str:
    pages = read_pdf(render(source.encode(), "html").pdf)
    return " ".join(word.text for page in pages for word in page.words)


def test_moderngov_page_without_its_site() -> None:
    assert printed(MODERNGOV) == (
        "Agenda item CHILDREN'S COMPLAINTS 2018/19 Minutes: The Committee noted 117 complaints, up 7% from 102 1 . "
        "Team Complaints 2017/18 2018/19 Assessment 29 3. Noted the report 4. Agreed [Chart of complaints]"
    )


def test_what_the_page_says_of_itself() -> None:
    rendition = render(MODERNGOV.encode(), "html")
    assert rendition.title == "Issue details - Complaints Report | Anytown Council"
    assert rendition.url == "https://democracy.anytown.gov.uk/ieIssueDetails.aspx?IId=1234"
    assert [problem.message for problem in rendition.problems] == ["2 pictures are not read."]
    assert render(ARTICLE.encode(), "html").url == "https://www.anytown.gov.uk/report"


def test_tables_have_borders_with_merged_cells() -> None:
    (page,) = read_pdf(render(MODERNGOV.encode(), "html").pdf)
    widths = sorted(round(rule.bbox.width) for rule in page.rules if rule.horizontal)
    assert len(widths) == 4
    assert widths[0] < widths[1] == widths[2] == widths[3]  # the merged first cell has no rule across


def test_page_laid_out_by_tables() -> None:
    words = printed(PLAIN_OLD)
    for part in ("Social Services Committee, 3 March 2004", "62 complaints", "Stage 2003/04 1 64 2 7"):
        assert part in words
    (page,) = read_pdf(render(PLAIN_OLD.encode(), "html").pdf)
    assert len([rule for rule in page.rules if not rule.horizontal]) == 3


def test_article_with_its_own_head_and_foot() -> None:
    words = printed(ARTICLE)
    for part in ("Annual complaints report", "3 June 2021", "83 complaints.", "Upheld 31", "12 families", "4 posts"):
        assert part in words
    for part in ("cookies", "Related", "01234", "999"):
        assert part not in words


def test_a_small_part_named_content_is_not_the_whole() -> None:
    words = printed(BLOCKS.format(prose="There were 117 complaints in the year. " * 5))
    assert "Totals 117" in words
    assert "117 complaints in the year." in words
    assert "One" not in words.split()


def test_long_part_with_a_suspicious_name_is_kept() -> None:
    source = f"<body><div class='sidebar-content'>{'<p>There were 117 complaints.</p>' * 80}</div></body>"
    assert printed(source).count("117") == 80


def test_preformatted_page_is_text() -> None:
    source = "<html><body><pre>Team      2013     2014\nNorth     12       14\n\nA | B\n1 | 2</pre></body></html>"
    (page,) = read_pdf(render(source.encode(), "html").pdf)
    lefts = {word.text: word.bbox.x0 for word in page.words}
    assert lefts["2013"] == lefts["12"]
    assert page.rules


def test_web_archive() -> None:
    source = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.anytown.gov.uk/a\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>=C2=A33,600 paid</p></body></html>\r\n--b--\r\n"
    )
    page = read_web_page(source.encode())
    assert "£3,600 paid" in page.body
    assert page.url == "https://www.anytown.gov.uk/a"


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ('<meta charset="windows-1252"><p>£3</p>'.encode("cp1252"), "£3"),
        ("<?xml version='1.0' encoding='utf-8'?><html><p>£4</p></html>".encode(), "£4"),
        ("<p>£5</p><p>a</p><p>b</p>".encode("utf-16"), "£5"),
    ],
)
def test_encodings(file: bytes, expected: str) -> None:
    assert expected in read_web_page(file).body


@pytest.mark.parametrize(
    ("source", "marker"),
    [
        ("<ol type=a><li>x</ol>", "a. x"),
        ("<ol type=i start=4><li>x</ol>", "iv. x"),
        ("<ol><li value=7>x</ol>", "7. x"),
        ("<ul><li>x</ul>", "• x"),
    ],
)
def test_list_markers_are_printed(source: str, marker: str) -> None:
    assert printed(source) == marker


ATTACKS = """<p>kept</p><img src="http://127.0.0.1:1/x.png" alt="a"><img src="file:///etc/passwd"><img src="//host/x">
<style>@import url(http://127.0.0.1:1/x.css); p { background: url(file:///etc/passwd) }</style>
<link rel=stylesheet href=file:///etc/passwd><iframe src=file:///etc/passwd></iframe><object data=file:///etc/passwd></object>
<svg><image href="file:///etc/passwd"/></svg><p style="background:url(http://127.0.0.1:1/)">kept too</p>
<link rel=attachment href="file:///etc/passwd"><base href="file:///etc/"><embed src="passwd"><input type=image src="passwd">"""


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def record(url: str) -> None:
        asked.append(url)
        raise ValueError(url)

    monkeypatch.setattr(typeset, "refuse", record)
    pdf = render(ATTACKS.encode(), "html").pdf
    assert asked == []
    words = " ".join(word.text for page in read_pdf(pdf) for word in page.words)
    assert words == "kept [a] kept too"
    assert b"root:" not in pdf


def test_no_address_reaches_the_typesetter() -> None:
    body = read_markup(ATTACKS).body
    assert "src" not in body and "url(" not in body and "href" not in body


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/x.png", "file:///etc/passwd"])
def test_the_fetcher_refuses_what_slips_through(address: str) -> None:
    with pytest.raises(ValueError, match="not fetched"):
        typeset.refuse(address)
    pdf = typeset.typeset(f'<p>kept</p><img src="{address}">', paper=typeset.Paper())
    assert [word.text for page in read_pdf(pdf) for word in page.words] == ["kept"]
