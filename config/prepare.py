"""Everything between an empty folder and a site that can be started, in one process: `python -m config.prepare`.

Run again it finds everything in place and changes nothing.
"""

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

#: in this order; each leaves alone what is there already
STEPS = (("migrate", "--verbosity=0"), ("load_map",), ("load_offences",), ("load_schemes",), ("make_demo",))


def collected():
    """Whether the static files have been collected since the stylesheets, scripts and packages were last changed."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return False
    sources = [settings.BASE_DIR / "requirements.txt", *(settings.BASE_DIR / "static").iterdir()]
    return manifest.stat().st_mtime > max(source.stat().st_mtime for source in sources)


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    for step in STEPS:
        call_command(*step)
    if not collected():
        call_command("collectstatic", "--noinput", "--verbosity=0")


if __name__ == "__main__":
    main()
