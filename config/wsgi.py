"""The door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

django = get_wsgi_application()


def application(environ, start_response):
    """Django, but for a content type with encoded parameters (RFC 2231): no browser sends one, and Django breaks on it."""
    if "*=" in environ.get("CONTENT_TYPE", ""):
        start_response("415 Unsupported Media Type", [("Content-Type", "text/plain"), ("Content-Length", "0")])
        return [b""]
    return django(environ, start_response)
