"""A real browser for tests: a new profile for each page, and a picture of it when a test fails."""

import os
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, async_playwright

CHROMIUM = Path("/usr/bin/chromium")
SCREENSHOTS = Path(__file__).parent.parent / "var" / "screenshots"
PHONE = (390, 844)
DESK = (1280, 800)

_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
_PATIENCE_MS = 30_000


@asynccontextmanager
async def browsing(
    url: str,
    *,
    size: tuple[int, int] = DESK,
    scheme: Literal["light", "dark"] = "light",
    name: str = "page",
) -> AsyncIterator[Page]:
    """Opens `url` in Chromium, `size` CSS pixels wide and high.

    If the body of the `with` raises, a picture named after `name` is kept in var/screenshots/.
    A script error, or a request to any host but that of `url`, fails it as well. Without Chromium
    the test is skipped, or fails where CI is set.
    """
    faults: list[str] = []
    _require_chromium()
    browser = await _browsers.one()
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        locale="ar-SY",
        timezone_id="Asia/Damascus",
        has_touch=size[0] < 760,
    )
    page = await context.new_page()
    page.set_default_timeout(_PATIENCE_MS)
    _watch(page, urlsplit(url).netloc, faults)
    try:
        await page.goto(url)
        yield page
        assert not faults, faults
    except BaseException:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        safe = re.sub(r"[^\w-]+", "-", name)
        await page.screenshot(path=SCREENSHOTS / f"{safe}-{size[0]}.png")
        raise
    finally:
        await context.close()


class _Browsers:
    """The one browser of this process: starting it takes longer than most tests.

    It lives on one event loop: stories with a page are told on the loop of the session.
    """

    def __init__(self) -> None:
        self._open = AsyncExitStack()
        self._browser: Browser | None = None

    async def one(self) -> Browser:
        """The browser, started for whoever needs it first, and anew if it has died."""
        if self._browser is None or not self._browser.is_connected():
            await self.close()
            playwright = await self._open.enter_async_context(async_playwright())
            self._browser = await playwright.chromium.launch(
                executable_path=CHROMIUM, args=_ARGUMENTS
            )
            self._open.push_async_callback(self._browser.close)
        return self._browser

    async def close(self) -> None:
        """Ends it, if it runs."""
        self._browser = None
        await self._open.aclose()


_browsers = _Browsers()
close_browsers = _browsers.close


def _require_chromium() -> None:
    if CHROMIUM.exists():
        return
    if os.environ.get("CI"):
        pytest.fail(f"no Chromium at {CHROMIUM}")
    pytest.skip(f"no Chromium at {CHROMIUM}")


def _watch(page: Page, host: str, faults: list[str]) -> None:
    def requested(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != host:
            faults.append(f"a request to another host: {url}")

    page.on("request", lambda request: requested(request.url))
    page.on("pageerror", lambda error: faults.append(f"a script error: {error}"))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
