"""Who may speak to the local server: programs and the page on this machine, no other web page.

A page elsewhere could reach 127.0.0.1 through the browser (by a rebound name or a forged form);
it then brings a foreign Host or Origin, or says itself that it is cross-site.
"""

from aiohttp import web
from aiohttp.typedefs import Handler

HOSTS = frozenset({"127.0.0.1", "localhost"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        "media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@web.middleware
async def only_this_machine(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse with 403 what does not come from here."""
    if not _from_here(request):
        return web.json_response({"error": "Only this machine's own page may ask."}, status=403)
    response = await handler(request)
    if not response.prepared:
        response.headers.update(HEADERS)
    return response


def _from_here(request: web.Request) -> bool:
    host = request.host.rpartition(":")[0] or request.host
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "none")
    same_origin = origin is None or origin == f"http://{request.host}"
    # The address printed in a web terminal is a link on another site; the page holds nothing.
    opened = request.method == "GET" and request.path == "/"
    return host in HOSTS and same_origin and (opened or site in {"none", "same-origin"})
