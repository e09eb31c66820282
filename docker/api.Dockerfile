# The API, and the commands of its operator. Built from the root of the repository:
#   docker build -f docker/api.Dockerfile -t twofold-api .
#   docker build -f docker/api.Dockerfile -t twofold-operator --target operator .

FROM node:22-bookworm-slim AS manifests
WORKDIR /app
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY packages packages
# What decides the installation, and nothing else: a change of the sources does not install anew.
RUN find packages -mindepth 2 -maxdepth 2 -not -name package.json -exec rm -rf {} +

FROM node:22-bookworm-slim AS pnpm
WORKDIR /app
COPY --from=manifests /app ./
ENV CI=true
RUN npm install --global "$(node -p "require('./package.json').packageManager")"

FROM pnpm AS build
# The compiler runs no code of theirs: nothing has to be built for it.
RUN pnpm install --frozen-lockfile --ignore-scripts --filter "@twofold/api..."
COPY tsconfig.base.json ./
COPY packages packages
RUN packages/api/node_modules/.bin/tsc --build packages/api
# What the compiler, editors and debuggers read.
RUN find packages/*/dist -type f \( -name '*.d.ts' -o -name '*.map' -o -name '.tsbuildinfo' \) -delete

FROM pnpm AS production
# On this Node SQLite is better-sqlite3 13, which brings its binaries with it; 12 would have to be compiled, and is not loaded.
RUN pnpm install --frozen-lockfile --prod --ignore-scripts --filter "@twofold/api..." \
  && rm -rf node_modules/.pnpm/better-sqlite3@12*
# SQLite is linked into the binary: its sources are not read again, nor the binaries of other systems.
RUN find node_modules -type f \( -name '*.d.ts' -o -name '*.d.cts' -o -name '*.d.mts' -o -name '*.map' \) -delete \
  && cd node_modules/.pnpm/better-sqlite3@13*/node_modules/better-sqlite3 \
  && rm -rf deps src && find prebuilds -type f -not -name 'linux-*.node' -delete
# Neither are the tests and timings of others, nor what only an installation asks for.
RUN find node_modules -type d \( -name test -o -name tests -o -name __tests__ -o -name benchmark -o -name benchmarks \) -prune -exec rm -rf {} + \
  && rm -rf pnpm-lock.yaml pnpm-workspace.yaml packages/bench packages/e2e packages/web

FROM node:22-bookworm-slim AS runtime
ENV NODE_ENV=production APP_ENV=production HOST=0.0.0.0 PORT=4000
# Nothing is installed in a running container.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn* /opt/yarn*
WORKDIR /app
COPY --from=production /app ./
COPY --from=build /app/packages/contract/dist packages/contract/dist
COPY --from=build /app/packages/core/dist packages/core/dist
COPY --from=build /app/packages/factors/dist packages/factors/dist
COPY --from=build /app/packages/sqlite/index.cjs packages/sqlite/index.cjs
COPY --from=build /app/packages/api/dist packages/api/dist
# The user `node`, as a number: by it Kubernetes can tell that this is not root.
USER 1000:1000

# `docker compose run --rm operator …`: the commands of docs/guides/operate.md, and what `backup` and `restore` need.
FROM runtime AS operator
USER root
RUN apt-get update \
  && apt-get install --yes --no-install-recommends mariadb-client \
  && rm -rf /var/lib/apt/lists/* /var/cache/* /var/log/* \
  && install --directory --owner=1000 --group=1000 --mode=700 /backups
USER 1000:1000
ENTRYPOINT ["node", "packages/api/dist/cli.js"]
CMD ["--help"]

# The last stage is what is built where none is named.
FROM runtime
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# No shell and no npm between: SIGTERM reaches the server, which ends what is under way.
CMD ["node", "packages/api/dist/main.js"]
