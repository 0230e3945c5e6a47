# syntax=docker/dockerfile:1
# Two images: `docker build --target guidemark .` has the program alone, `docker build .` also a Chromium, which `record --steps`,
# `export` and `import` of traces need. In both:
#
#   docker run --rm --init --user "$(id -u):$(id -g)" --volume "$PWD:/site" IMAGE build
#
# `serve --host 0.0.0.0` with `--publish 127.0.0.1:4747:4747` shows the site; nobody edits there, for requests come from outside the container.
ARG RUST=1.95
ARG DEBIAN=trixie

FROM rust:${RUST}-slim-${DEBIAN} AS build
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends build-essential && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/src/target \
    cargo build --locked --profile dist && cp target/dist/guidemark /usr/local/bin/

FROM debian:${DEBIAN}-slim AS guidemark
COPY --from=build /usr/local/bin/guidemark /usr/local/bin/
COPY LICENSE-APACHE LICENSE-MIT /usr/share/doc/guidemark/
RUN useradd --uid 1000 guidemark
# Whoever runs it as somebody else has no home there: cache and browser write where everybody may.
ENV HOME=/tmp
USER 1000
WORKDIR /site
EXPOSE 4747
# `serve` ends with it.
STOPSIGNAL SIGINT
ENTRYPOINT ["guidemark"]
CMD ["--help"]

FROM guidemark AS guidemark-chromium
USER root
# Fonts for most scripts, Chinese, Japanese and Korean, and pictographs. Docker allows nobody inside the namespaces of which Chromium
# makes its sandbox: the container is the sandbox.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends chromium fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji \
    && rm -rf /var/lib/apt/lists/* \
    && echo 'export CHROMIUM_FLAGS="$CHROMIUM_FLAGS --no-sandbox"' >/etc/chromium.d/container
USER 1000
