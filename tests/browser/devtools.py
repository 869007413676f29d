"""A real Chromium, driven over its DevTools protocol: just what the tests of the chat page need."""

import asyncio
import base64
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import aiohttp

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
)
PATIENCE_SECONDS = 60
KEYS = {
    "Enter": (13, "\r"),
    "Escape": (27, ""),
    "Tab": (9, ""),
    "ArrowUp": (38, ""),
    "ArrowDown": (40, ""),
}
SHIFT = 8

FIND = """
(wanted) => {
  const words = (node) => `${node.getAttribute("aria-label") ?? ""} ${node.textContent}`;
  const shown = (node) => node.checkVisibility() && node.getClientRects().length > 0;
  const all = [...document.querySelectorAll(wanted.css)].filter(shown);
  return all.findLast((node) => !wanted.text || words(node).includes(wanted.text)) ?? null;
}
"""
UNTIL = """
new Promise((resolve) => {
  const look = () => {
    const found = (%s);
    if (!found) return;
    seen.disconnect();
    resolve(found);
  };
  const seen = new MutationObserver(look);
  seen.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
  look();
})
"""


def chromium_on_path() -> str | None:
    """Where the browser is, if this machine has one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Chromium:
    """A browser process with a profile of its own. `address` is its DevTools websocket."""

    def __init__(self, program: str, profile: Path) -> None:
        self._process = subprocess.Popen(
            [program, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            text=True,
        )
        self.address = self._listening()

    def close(self) -> None:
        """End the browser and all its children."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        if self._process.stderr:
            self._process.stderr.close()

    def _listening(self) -> str:
        assert self._process.stderr
        for line in self._process.stderr:
            if line.startswith("DevTools listening on "):
                return line.split()[-1]
        raise RuntimeError("Chromium ended before it listened.")


class Tab:
    """The browser's tab. Notes every request, and every error that the console shows."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._session: str | None = None
        self._count = 0
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._reader = asyncio.create_task(self._read())
        self._loads: list[asyncio.Future[None]] = []
        self.requests: list[str] = []
        self.complaints: list[str] = []

    async def open(self) -> None:
        """Listen to the browser's only tab; a new one for each test would cost half a second."""
        targets = (await self.call("Target.getTargets"))["targetInfos"]
        page = next(one["targetId"] for one in targets if one["type"] == "page")
        attached = await self.call("Target.attachToTarget", targetId=page, flatten=True)
        self._session = attached["sessionId"]
        await self.call("Page.enable")
        await self.goto("about:blank")
        for domain in ("Network", "Runtime", "Log", "DOM"):
            await self.call(f"{domain}.enable")
        await self.size(1200, 800)

    async def close(self) -> None:
        """Stop listening."""
        self._reader.cancel()
        with suppress(asyncio.CancelledError):
            await self._reader

    async def call(self, method: str, **params: Any) -> Any:
        """One DevTools command. Raises RuntimeError with the browser's words."""
        self._count += 1
        number = self._count
        self._answers[number] = asyncio.get_running_loop().create_future()
        message: dict[str, Any] = {"id": number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        await self._socket.send_json(message)
        return await asyncio.wait_for(self._answers[number], PATIENCE_SECONDS)

    async def goto(self, address: str) -> None:
        """Open an address and wait until the page has loaded."""
        loaded: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._loads.append(loaded)
        await self.call("Page.navigate", url=address)
        await asyncio.wait_for(loaded, PATIENCE_SECONDS)

    async def size(self, width: int, height: int, *, phone: bool = False) -> None:
        """Make the window so large."""
        screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone}
        await self.call("Emulation.setDeviceMetricsOverride", **screen)

    async def theme(self, name: str) -> None:
        """Prefer "light" or "dark"."""
        feature = {"name": "prefers-color-scheme", "value": name}
        await self.call("Emulation.setEmulatedMedia", features=[feature])

    async def picture(self, target: Path) -> None:
        """Save what is on the screen as PNG."""
        shot = await self.call("Page.captureScreenshot", format="png")
        target.write_bytes(base64.b64decode(shot["data"]))

    async def value(self, expression: str) -> Any:
        """What an expression gives in the page; promises are awaited."""
        given = await self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in given:
            raise RuntimeError(json.dumps(given["exceptionDetails"]))
        return given["result"].get("value")

    async def until(self, expression: str) -> Any:
        """Wait until an expression is true, looking anew at each change of the page."""
        try:
            return await self.value(UNTIL % expression)
        except TimeoutError:
            seen = await self.value("document.body.innerText")
            raise AssertionError(f"never true: {expression}\n{seen}\n{self.complaints}") from None

    async def sees(self, text: str, css: str = "body") -> None:
        """Wait until a text can be read in the last visible node of that kind that holds it."""
        await self.until(f"({FIND})({json.dumps({'css': css, 'text': text})}) !== null")

    async def click(self, css: str, text: str = "", *, button: str = "left") -> None:
        """Press the middle of the last visible node of that kind that holds a text."""
        x, y = await self.middle(css, text)
        mouse = {"x": x, "y": y, "button": button, "clickCount": 1}
        await self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        await self.call("Input.dispatchMouseEvent", type="mousePressed", **mouse)
        await self.call("Input.dispatchMouseEvent", type="mouseReleased", **mouse)

    async def middle(self, css: str, text: str = "") -> tuple[float, float]:
        """Where a node is, once it is there."""
        wanted = json.dumps({"css": css, "text": text})
        await self.until(f"({FIND})({wanted}) !== null")
        box = await self.value(
            f"(() => {{ const node = ({FIND})({wanted}); node.scrollIntoView({{block: 'nearest'}});"
            "const box = node.getBoundingClientRect();"
            "return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        return box[0], box[1]

    async def write(self, text: str) -> None:
        """Put a text in at the cursor, as an input method does."""
        await self.call("Input.insertText", text=text)

    async def key(self, name: str, *, shift: bool = False) -> None:
        """Press a key."""
        code, text = KEYS[name]
        key = {"key": name, "code": name, "windowsVirtualKeyCode": code}
        key["modifiers"] = SHIFT if shift else 0
        await self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **key)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **key)

    async def choose(self, css: str, *files: Path) -> None:
        """Choose files in a file input."""
        root = (await self.call("DOM.getDocument"))["root"]["nodeId"]
        found = await self.call("DOM.querySelector", nodeId=root, selector=css)
        await self.call("DOM.setFileInputFiles", nodeId=found["nodeId"], files=[*map(str, files)])

    async def drag(self, css: str, *files: Path) -> None:
        """Drag files over a node without letting go."""
        await self._dragged(css, files, "dragEnter", "dragOver")

    async def drop(self, css: str, *files: Path) -> None:
        """Drag files over a node and let go."""
        await self._dragged(css, files, "dragEnter", "dragOver", "drop")

    async def _dragged(self, css: str, files: Sequence[Path], *steps: str) -> None:
        x, y = await self.middle(css)
        data = {"items": [], "files": [*map(str, files)], "dragOperationsMask": 1}
        for step in steps:
            await self.call("Input.dispatchDragEvent", type=step, x=x, y=y, data=data)

    async def _read(self) -> None:
        async for message in self._socket:
            told = json.loads(message.data)
            if "id" in told:
                self._answer(told)
            elif noted := NOTED.get(told["method"]):
                noted(self, told["params"])

    def _answer(self, told: dict[str, Any]) -> None:
        future = self._answers.pop(told["id"])
        if future.done():
            return
        if "error" in told:
            future.set_exception(RuntimeError(told["error"]["message"]))
        else:
            future.set_result(told["result"])

    def _note_load(self, params: dict[str, Any]) -> None:
        while self._loads:
            self._loads.pop().set_result(None)

    def _note_request(self, params: dict[str, Any]) -> None:
        self.requests.append(params["request"]["url"])

    def _note_entry(self, params: dict[str, Any]) -> None:
        if params["entry"]["level"] == "error":
            self.complaints.append(params["entry"]["text"])

    def _note_exception(self, params: dict[str, Any]) -> None:
        self.complaints.append(json.dumps(params["exceptionDetails"]))


NOTED: dict[str, Callable[[Tab, dict[str, Any]], None]] = {
    "Page.loadEventFired": Tab._note_load,
    "Network.requestWillBeSent": Tab._note_request,
    "Log.entryAdded": Tab._note_entry,
    "Runtime.exceptionThrown": Tab._note_exception,
}
