# docker build -t eligibility .
# docker run --rm -v "$PWD:/work" -u "$(id -u):$(id -g)" eligibility run dossier --as-of 2022-10-31 --out out
FROM python:3.12-slim AS build
# durable-rules comes as source and needs a C compiler
RUN apt-get update && apt-get install --yes --no-install-recommends build-essential && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY requirements.lock .
RUN pip wheel --quiet --require-hashes --requirement requirements.lock --wheel-dir /wheels
COPY pyproject.toml setup.py README.md LICENSE ./
COPY src src
COPY rules rules
COPY features features
RUN pip wheel --quiet --no-deps --wheel-dir /program .

FROM python:3.12-slim
# only what the program itself needs is taken from the locked wheels
RUN --mount=from=build,source=/wheels,target=/wheels --mount=from=build,source=/program,target=/program \
    pip install --no-cache-dir --no-index --find-links /wheels /program/*.whl
RUN useradd --create-home clerk
USER clerk
WORKDIR /work
ENTRYPOINT ["eligibility"]
