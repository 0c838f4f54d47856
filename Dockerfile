# Built with the Swift runtime inside, so that the image that runs holds Debian, six C libraries and one program.

FROM swift:6.3.1-bookworm AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        librdkafka-dev libhiredis-dev libsqlite3-dev libsimdjson-dev libyaml-dev zlib1g-dev pkg-config \
        g++ \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY Package.swift ./
COPY Sources Sources
COPY Tests Tests
RUN swift build -c release --product streamctl --static-swift-stdlib \
    && install -D --strip .build/release/streamctl /out/streamctl

FROM debian:12.11-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        librdkafka1 libhiredis0.14 libsqlite3-0 libsimdjson14 libyaml-0-2 zlib1g libstdc++6 ca-certificates tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin freshet \
    && install -d -o freshet -g freshet /var/lib/freshet
COPY --from=build /out/streamctl /usr/local/bin/streamctl
WORKDIR /etc/freshet
COPY config config
COPY topics topics
USER freshet
VOLUME /var/lib/freshet
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 \
    CMD ["streamctl", "doctor", "-c", "config/freshet.yaml"]
ENTRYPOINT ["streamctl"]
CMD ["run", "-c", "config/freshet.yaml"]
