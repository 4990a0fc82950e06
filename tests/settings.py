"""The settings under test: those of the embedded mode in a directory of its own, with a quick password hash.

DATABASE_URL and REDIS_URL, where given, put the same suite on PostgreSQL and Redis.
"""

import atexit
import os
import shutil
import tempfile

if "KENDRA_TEST_VAR" not in os.environ:
    # The process that makes the directory removes it; xdist's workers inherit its name.
    os.environ["KENDRA_TEST_VAR"] = tempfile.mkdtemp(prefix="kendra-tests-")
    atexit.register(shutil.rmtree, os.environ["KENDRA_TEST_VAR"], ignore_errors=True)

# Each of xdist's workers has a folder, and of Redis a database, to itself: one's cache.clear() is not another's.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
os.environ["KENDRA_VAR"] = os.path.join(os.environ["KENDRA_TEST_VAR"], _worker)
os.makedirs(os.environ["KENDRA_VAR"], exist_ok=True)
if os.environ.get("REDIS_URL"):
    os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{1 + int(_worker[2:])}"
os.environ["KENDRA_ENV"] = "embedded"
os.environ["SECRET_KEY"] = "a key for tests only, long enough to pass the check of its length"
os.environ["IDENTITY_KEY"] = "Zm9yIHRlc3RzIG9ubHk6IHRoaXJ0eS10d28gYnl0ZXM="
os.environ["ALLOWED_HOSTS"] = "localhost,127.0.0.1,testserver"

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, VAR  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A file, not memory: threads and the browser's server get connections and locks of their own, as in `make run`.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": VAR / "tests.sqlite3"}

# Static files straight from their folders: nothing has to be collected before a test.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
# Looked for when asked for: each test client builds the middleware anew, and a scan of all files took a third of the suite.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
