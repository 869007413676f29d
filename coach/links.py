"""Web addresses as people paste them: read without any network, and compared without their dress.

Two addresses are the same place when `key` says the same: whatever tracks a reader, the scheme,
`www.`, a trailing slash, the tabs of a GitHub pull request and the short forms of YouTube differ
in nothing that matters here.
"""

import ipaddress
import re
from collections.abc import Callable
from enum import StrEnum
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

LONGEST = 2000
"""Characters; longer addresses are not taken by browsers either."""

ADDRESS = re.compile(
    r"""(?:https?://|www\.)[^\s<>"«»]+          # with a scheme, or with www
      | (?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|ai|me|app|ru|de|eu|space|blog)
        /[^\s<>"«»]+                            # a bare host that is followed by a path
    """,
    re.IGNORECASE | re.VERBOSE,
)

OTHER_SCHEME = re.compile(r"(?<!\w)(?:ftp|file|javascript|data|ssh|git|mailto):\S", re.IGNORECASE)

TRAILING = ".,;:!?…'\"”’"
"""What ends the sentence around an address rather than the address."""

TRACKING = re.compile(
    r"""utm_.*|pk_.*|mtm_.*|mc_[ce]id|_hs(?:enc|mi)|fbclid|gclid|gclsrc|dclid|yclid|ysclid|msclkid
      | twclid|igshid|igsh|si|feature|ref|ref_src|ref_url|referrer|source|from|share|trk|tracking
      | trackingid|lipi|rcm|_openstat|spm|cmpid|rdt_cid""",
    re.IGNORECASE | re.VERBOSE,
)
"""Parameters that say who sent a reader, not where."""

TELLING_FRAGMENT = re.compile(
    r"issuecomment-\d+|discussion_r\d+|discussioncomment-\d+|pullrequestreview-\d+|answer-\d+"
    r"|comment_\d+|comment-\d+"
)
"""Fragments that name a thing of its own; all others name a place on the page."""


class Work(StrEnum):
    """What an address leads to, as far as the address tells."""

    PULL_REQUEST = "pull_request"
    ISSUE = "issue"
    COMMIT = "commit"
    REPOSITORY = "repository"
    PACKAGE = "package"
    DEMO = "demo"
    ANSWER = "answer"
    VIDEO = "video"
    PAPER = "paper"
    POST = "post"
    PAGE = "page"


class LinkError(ValueError):
    """An address that nobody else could open. `code` is `scheme`, `private`, `secret`, `long` or
    `broken`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def find(text: str) -> tuple[int, int] | None:
    """Where the first web address stands in a text, without the punctuation behind it."""
    match = ADDRESS.search(text)
    if match is None:
        return None
    address = match[0].rstrip(TRAILING)
    while address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1].rstrip(TRAILING)
    return match.start(), match.start() + len(address)


def clean(address: str) -> str:
    """The address as it is shown and kept: https, lower-case host, nothing that tracks.

    Raises LinkError.
    """
    parts = _parts(address)
    host, path, query = _plain(parts)
    fragment = parts.fragment if TELLING_FRAGMENT.fullmatch(parts.fragment) else ""
    if host.removeprefix("www.") in {"github.com", "api.github.com"}:
        host, path = "github.com", _without_api(path)
        if not fragment and (numbered := NUMBERED.match(path)):
            path, query = numbered[0], ""
    return f"{parts.scheme.lower()}://{host}{path}{_tail(query, fragment)}"


def key(address: str) -> str:
    """What tells one place from another; the same for every dress of one address.

    Raises LinkError.
    """
    parts = _parts(address)
    host, path, query = _plain(parts)
    host = _ascii(host).removeprefix("www.").removeprefix("m.")
    if host in SAME_PLACE:
        host, path, query = SAME_PLACE[host](path, query)
    fragment = parts.fragment if TELLING_FRAGMENT.fullmatch(parts.fragment) else ""
    return f"{host}{path.rstrip('/')}{_tail(query, fragment)}"


def work(address: str) -> Work:
    """What an address leads to: a pull request, a post, a video …"""
    place = key(address)
    if re.search(r"/issues/\d+$", clean(address)):
        return Work.ISSUE
    return next((work for work, sign in SIGNS if sign.search(place)), Work.PAGE)


def short(address: str) -> str:
    """The address without scheme and `www.`, for a line that is read."""
    return re.sub(r"^https?://(?:www\.)?", "", address).rstrip("/")


def _parts(address: str) -> SplitResult:
    """The parts of an address that others can open."""
    if len(address) > LONGEST:
        raise LinkError("long")
    if "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise LinkError("broken") from error
    if parts.scheme.lower() not in {"http", "https"}:
        raise LinkError("scheme")
    if parts.username is not None or parts.password is not None:
        raise LinkError("secret")
    host = (parts.hostname or "").rstrip(".")
    _refuse_private(host)
    netloc = host if port in {None, 80, 443} else f"{host}:{port}"
    return parts._replace(netloc=netloc)


def _refuse_private(host: str) -> None:
    """Only names that the whole web knows: no number, no machine of one's own."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        raise LinkError("private")
    labels = host.split(".")
    if host == "localhost" or labels[-1] in {"local", "localhost", "internal", "lan", "home"}:
        raise LinkError("private")
    if len(labels) < 2 or not all(re.fullmatch(r"[\w-]{1,63}", label) for label in labels):
        raise LinkError("broken")
    if not re.fullmatch(r"[^\W\d]{2,}|xn--[\w-]+", labels[-1]):
        raise LinkError("broken")


def _plain(parts: SplitResult) -> tuple[str, str, str]:
    """Host, path and query without what tracks, repeats or merely ends."""
    path = re.sub(r"/{2,}", "/", parts.path).rstrip("/")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = sorted((name, value) for name, value in pairs if not TRACKING.fullmatch(name))
    return parts.netloc.lower(), quote(path, safe="/%:@!$&'()*+,;=~-._"), urlencode(kept)


def _tail(query: str, fragment: str) -> str:
    return (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def _ascii(host: str) -> str:
    """A name in another script as the web spells it inside (IDNA)."""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise LinkError("broken") from error


NUMBERED = re.compile(r"/[^/]+/[^/]+/(?:pull|issues)/\d+")
"""A pull request or issue; behind it stand only the tabs of its page."""


def _without_api(path: str) -> str:
    """The page of what GitHub's API names."""
    return re.sub(r"^/repos(/[^/]+/[^/]+)/pulls/", r"\1/pull/", path)


Place = tuple[str, str, str]
"""Host, path and query."""


def _github(path: str, query: str) -> Place:
    """Owner and name know no case; issues and pull requests share one count of numbers."""
    path = path.lower()
    numbered = re.match(r"/([^/]+)/([^/]+)/(?:pull|pulls|issues)/(\d+)", path)
    if numbered:
        return "github.com", "/{}/{}/pull/{}".format(*numbered.groups()), ""
    commit = re.match(r"/([^/]+)/([^/]+)/commit/([0-9a-f]{7,40})", path)
    if commit:
        return "github.com", "/{}/{}/commit/{:.12}".format(*commit.groups()), ""
    bare = re.fullmatch(r"(/[^/]+/[^/]+?)(?:\.git)?(?:/tree/(?:main|master))?", path)
    return "github.com", bare[1] if bare else path, query


def _github_api(path: str, query: str) -> Place:
    return _github(path.removeprefix("/repos"), query)


def _gitlab(path: str, query: str) -> Place:
    numbered = re.match(r"(/.+?)/(?:-/)?(merge_requests|issues)/(\d+)", path.lower())
    if numbered:
        return "gitlab.com", "{}/-/{}/{}".format(*numbered.groups()), ""
    return "gitlab.com", path.lower().removesuffix(".git"), query


def _youtube(path: str, query: str) -> Place:
    """A video is its number, wherever in it or in which list somebody was."""
    facts = dict(parse_qsl(query))
    inside = re.match(r"/(?:shorts|live|embed)/([\w-]+)", path)
    video = facts.get("v") or (inside[1] if inside else "")
    return ("youtube.com", "/watch", f"v={video}") if video else ("youtube.com", path, query)


def _youtu_be(path: str, _query: str) -> Place:
    return "youtube.com", "/watch", f"v={path.strip('/')}"


def _stackoverflow(path: str, query: str) -> Place:
    """An answer has a short and a long form; the title in the path is decoration."""
    if answer := re.match(r"/a/(\d+)|/questions/\d+/[^/]+/(\d+)", path):
        return "stackoverflow.com", f"/a/{answer[1] or answer[2]}", ""
    if question := re.match(r"/q(?:uestions)?/(\d+)", path):
        return "stackoverflow.com", f"/questions/{question[1]}", ""
    return "stackoverflow.com", path, query


def _arxiv(path: str, _query: str) -> Place:
    """Abstract, PDF and every version are one paper."""
    paper = re.match(r"/(?:abs|pdf|html)/(\d{4}\.\d{4,5}|[a-z.-]+/\d{7})", path)
    return "arxiv.org", f"/abs/{paper[1]}" if paper else path, ""


def _telegram(path: str, _query: str) -> Place:
    """The web view of a channel leads to the same post."""
    return "t.me", re.sub(r"^/s/", "/", path.lower()), ""


SAME_PLACE: dict[str, Callable[[str, str], Place]] = {
    "github.com": _github,
    "api.github.com": _github_api,
    "gitlab.com": _gitlab,
    "youtube.com": _youtube,
    "youtu.be": _youtu_be,
    "stackoverflow.com": _stackoverflow,
    "arxiv.org": _arxiv,
    "t.me": _telegram,
    "telegram.me": _telegram,
}
"""Hosts that have several addresses for one thing."""

SIGNS: tuple[tuple[Work, re.Pattern[str]], ...] = tuple(
    (work, re.compile(sign))
    for work, sign in (
        (Work.ANSWER, r"#(?:issuecomment|discussion|answer)|^stackoverflow\.com/a/|/answer/"),
        (Work.PULL_REQUEST, r"^github\.com/[^/]+/[^/]+/pull/\d|/merge_requests/\d"),
        (Work.COMMIT, r"/commits?/[0-9a-f]{7}"),
        (Work.REPOSITORY, r"^(?:github|gitlab)\.com/[^/]+/[^/]+$|^codeberg\.org/[^/]+/[^/]+$"),
        (Work.PACKAGE, r"^(?:pypi\.org/project|npmjs\.com/package|crates\.io/crates)/"),
        (Work.DEMO, r"^huggingface\.co/spaces/|\.streamlit\.app|\.hf\.space|\.github\.io"),
        (Work.VIDEO, r"^youtube\.com/watch|^vimeo\.com/\d|^rutube\.ru/video"),
        (Work.PAPER, r"^arxiv\.org/abs|^doi\.org/"),
        (
            Work.POST,
            r"^t\.me/[^/]+/\d|^habr\.com/.*\d|medium\.com/|\.substack\.com/|^dev\.to/[^/]+/"
            r"|^linkedin\.com/(?:posts|pulse|feed)|\.hashnode\.dev/|/(?:blog|posts?)/|^gist\.",
        ),
    )
)
"""By what an address shows its work; the first that fits."""
