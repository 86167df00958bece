"""Let the theme's script forget the pages it has left.

Instant navigation replaces a page, and three of the theme's subscriptions go on holding the one before: after a
hundred pages, a hundred were in memory. Each is ended as the theme ends its others. To be dropped when the theme does
so itself; the build stops when a line is no longer there.
"""

from pathlib import Path

from mkdocs.exceptions import PluginError

_MENDED = {
    # Whoever stops asking whether the screen is wide is not told any more.
    "ur(r=>t.addListener(()=>r(t.matches)))": (
        "ur(r=>{let o=()=>r(t.matches);return t.addListener(o),o},(r,o)=>t.removeListener(o))"
    ),
    # `toc.follow`: the list of sections scrolls along until its page is left.
    "Pe(o.pipe(xe(pe))),te(a))": "Pe(o.pipe(xe(pe))),te(a),W(s))",
    # `navigation.tracking`: so does the address; it began anew four times a second on every page left.
    "W(n.pipe(Ie(1))),vt({delay:250}),te(i))": "W(n.pipe(Ie(1))),vt({delay:250}),W(s),te(i))",
}


def mend(site: Path) -> None:
    """Change the theme's script in a built site; raises PluginError where it has changed itself."""
    (script,) = site.glob("assets/javascripts/bundle.*.min.js")
    text = script.read_text(encoding="utf-8")
    for line, mended in _MENDED.items():
        if text.count(line) + text.count(mended) != 1:
            raise PluginError(f"the theme's script has changed where it keeps pages in memory: {line!r}")
        text = text.replace(line, mended)
    script.write_text(text, encoding="utf-8")
