"""The Content-Security-Policy of a page, in the page: GitHub Pages sends no headers of ours.

`docs/decisions/0015-what-is-guarded-against.md` says what each part is for, and what a host that sends headers adds.
"""

import base64
import hashlib
import re

_INLINE_SCRIPT = re.compile(r"<script([^>]*)>(.*?)</script>", re.DOTALL)
_CHARSET = '<meta charset="utf-8">'

# `script-src` is completed with the hashes of what stands in the page. The theme's style sheets draw their icons from
# data: addresses; a workbook or picture to take along is a blob:, which is downloaded and not loaded.
_DIRECTIVES = {
    "default-src": "'self'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'none'",
}


def policy_of(html: str) -> str:
    """Return the policy under which a page works: nothing of another host, no script but ours and the theme's few."""
    hashes = sorted(
        {
            f"'sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}'"
            for attributes, body in _INLINE_SCRIPT.findall(html)
            if "src=" not in attributes and "application/json" not in attributes
        }
    )
    directives = {**_DIRECTIVES, "script-src": " ".join([_DIRECTIVES["script-src"], *hashes])}
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def with_policy(html: str) -> str:
    """Return a finished page with its policy, before anything that it bounds. Raises ValueError without a charset."""
    before, charset, after = html.partition(_CHARSET)
    if not charset:
        raise ValueError(f"a page without {_CHARSET}: its policy has no place")
    return f'{before}{charset}\n<meta http-equiv="Content-Security-Policy" content="{policy_of(html)}">{after}'
