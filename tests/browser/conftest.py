"""A real browser, and a real site for it: gunicorn, a worker, the real map and the demonstration's people."""

import os
import shutil
from pathlib import Path

import fontpkg_noto_sans_devanagari
import pytest
from playwright.sync_api import sync_playwright

from tests.browser.people import Person
from tests.site import running_site

#: no traffic of the browser's own, no sandbox inside a container that is one already
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def fonts(tmp_path_factory):
    """A folder that a bare machine finds the Devanagari font in: without one, Hindi would be measured as empty boxes."""
    home = tmp_path_factory.mktemp("fonts")
    (home / "fonts").symlink_to(Path(fontpkg_noto_sans_devanagari.__file__).parent / "files")
    return home


@pytest.fixture(scope="session")
def chromium(fonts):
    """One browser for the session. A machine without Chromium fails here: `make test` leaves these tests out, loudly."""
    program = shutil.which("chromium")
    assert program, "there is no Chromium (Debian package chromium)"
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        env = {**os.environ, "XDG_DATA_HOME": str(fonts)}
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS, env=env)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of a running site with the demonstration in it."""
    with running_site(tmp_path_factory.mktemp("site")) as address:
        yield address


@pytest.fixture
def person(chromium, site):
    def sign_in(username):
        return Person(chromium, site, username)

    yield sign_in
    for context in chromium.contexts:
        context.close()
