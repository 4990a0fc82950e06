#!/usr/bin/env bash
# Get what the machine lacks: Python packages into .venv, system packages through apt when we are root.
# Usage: bash config/system.sh run|test PYTHON. Missing system packages: said loudly; with CI=true, a failure.
set -euo pipefail
what=$1 python=$2

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    echo "Python 3.11 or later is needed; name it with: make $what PYTHON=python3.12" >&2
    exit 1
}

missing=()
need() { # need PACKAGE TEST...: the Debian package that the failing test stands for
    local package=$1
    shift
    "$@" >/dev/null 2>&1 || missing+=("$package")
}
library() { ldconfig -p | grep -q "$1"; }
venv_works() { "$python" -c 'import ensurepip, venv'; }
server() { ls /usr/lib/postgresql/*/bin/initdb; }

need python3-venv venv_works
need libpango-1.0-0 library libpango-1.0
need libpangoft2-1.0-0 library libpangoft2-1.0
need libharfbuzz-subset0 library libharfbuzz-subset
if [ "$what" = test ]; then
    need chromium command -v chromium
    need postgresql server
    need redis-server command -v redis-server
    need poppler-utils command -v pdftotext
    need gettext command -v msgfmt
fi

if [ ${#missing[@]} -gt 0 ]; then
    install="apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "installing ${missing[*]}"
        DEBIAN_FRONTEND=noninteractive bash -c "$install" >/dev/null
    else
        echo "MISSING on this machine: ${missing[*]}. As root run: $install" >&2
        [ "$what" = test ] && [ "${CI:-}" != true ] || exit 1
    fi
fi

[ -x .venv/bin/python ] || "$python" -m venv .venv
wanted=requirements.txt
[ "$what" = run ] || wanted=requirements-dev.txt
echo "installing Python packages"
.venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$wanted"
