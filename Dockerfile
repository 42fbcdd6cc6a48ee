# The program needs nothing but itself: no libc, no certificates, no time zones.
#
# docker build --build-arg VERSION=$(git describe --tags) --build-arg GO=golang:1.26@sha256:… -t suanpan .
# The digest is that of the image as it was looked at; a tag can become another image.
ARG GO=golang:1.26
FROM ${GO} AS build
ARG VERSION=devel
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w -X main.version=$VERSION" -o /suanpan .
RUN mkdir /data

FROM scratch
COPY --from=build /suanpan /suanpan
# Quotes are kept in /data, which whoever runs the container mounts. Nothing else is written: the rest may be read-only.
COPY --from=build --chown=65532:65532 /data /data
USER 65532:65532
VOLUME /data
EXPOSE 8080
ENV SUANPAN_ADDR=0.0.0.0:8080 SUANPAN_DB=/data/suanpan.db
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["/suanpan", "healthcheck"]
ENTRYPOINT ["/suanpan"]
CMD ["serve"]
