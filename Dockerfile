# One image for web, worker and beat; the command says which. Built in two stages: the compiler stays behind.
FROM python:3.11-slim-bookworm AS packages
COPY requirements.txt /tmp/
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir -r /tmp/requirements.txt

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /app kendra \
    && install -d -o kendra /data
COPY --from=packages /opt/venv /opt/venv
COPY . /app
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 KENDRA_VAR=/data
# the static files are part of the image; the keys serve this one command and stay in no layer
RUN SECRET_KEY=$(python -c "import secrets; print(secrets.token_urlsafe(50))") \
    IDENTITY_KEY=$(python -c "import base64, os; print(base64.b64encode(os.urandom(32)).decode())") \
    ALLOWED_HOSTS=build REDIS_URL=redis://build KENDRA_STATIC=/app/static-collected python manage.py collectstatic --noinput
ENV KENDRA_STATIC=/app/static-collected
USER kendra
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "4", "--threads", "4", "--worker-tmp-dir", "/dev/shm"]
