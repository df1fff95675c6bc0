# One image for the four production commands:  docker run IMAGE rest | gateway | migrate | retention
# It holds no dev and no optional dependency, runs as an unprivileged user and needs no writable file system.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY .npmrc package.json package-lock.json ./
RUN npm ci --omit=optional --ignore-scripts
COPY tsconfig*.json ./
COPY src src
RUN node_modules/.bin/tsc -p tsconfig.image.json

FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY .npmrc package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:24-bookworm-slim
# DRAIN_DELAY_MS: balancers that check every two seconds see that a stopped replica is not ready (docs/operations.md).
ENV NODE_ENV=production HOST=0.0.0.0 METRICS_HOST=0.0.0.0 DRAIN_DELAY_MS=5000
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json LICENSE ./
COPY migrations migrations
COPY --from=build /app/dist dist
# `node`, by its number, so that Kubernetes' runAsNonRoot can tell that it is not root.
USER 1000
# Public: 3000 REST, 3001 gateway. Internal: 9464 REST, 9465 gateway (metrics), never to be published.
EXPOSE 3000 3001 9464 9465
# Liveness only: an orchestrator may replace what is unhealthy, and that would not bring a database back.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "const gateway = /gateway/.test(require('node:fs').readFileSync('/proc/1/cmdline')); fetch(`http://127.0.0.1:${process.env.PORT || (gateway ? 3001 : 3000)}/live`).then(({ok}) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node is PID 1 and handles SIGTERM itself. In this directory it takes `rest` for rest.js.
WORKDIR /app/dist/bin
ENTRYPOINT ["node", "--enable-source-maps"]
CMD ["rest"]
