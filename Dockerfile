# The bot in a slim image, as a user without rights; what it remembers lives in the volume /data.
# With `--build-arg REQUIREMENTS=requirements-postgres.lock` it speaks to PostgreSQL as well.
FROM python:3.12-slim AS install
ARG REQUIREMENTS=requirements.lock
WORKDIR /install
COPY requirements.lock requirements-postgres.lock ./
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r "$REQUIREMENTS"

FROM python:3.12-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends tesseract-ocr tesseract-ocr-rus tesseract-ocr-deu \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 sogood \
    && install --directory --owner sogood --group sogood /data
COPY --from=install /venv /venv
WORKDIR /app
COPY bot bot
COPY handlers handlers
COPY coach coach
COPY prompts prompts
COPY storage storage
RUN /venv/bin/python -m compileall -q bot handlers coach prompts storage
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/sogood.db \
    WEB_HOST=0.0.0.0 \
    WEB_PORT=8080 \
    LOG_FORMAT=json
USER sogood
VOLUME /data
EXPOSE 8080
# The bot may need 25 s to finish what is in hand: give `docker stop` 30.
STOPSIGNAL SIGTERM
# Whether it is up, and not whether it is ready: the bot itself waits for a disk, Telegram or a
# model, and starting it again would not bring them back. /readyz is for whoever watches.
HEALTHCHECK --interval=30s --timeout=5s --start-period=40s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
