# The program needs nothing but itself: no libc, no certificates, no time zones.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /suanpan . && mkdir /data

FROM scratch
COPY --from=build /suanpan /suanpan
# Quotes are kept in /data, which whoever runs the container mounts.
COPY --from=build --chown=65532:65532 /data /data
USER 65532:65532
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/suanpan"]
CMD ["serve", "-addr", "0.0.0.0:8080", "-db", "/data/suanpan.db"]
