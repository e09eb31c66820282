# The API. Built from the root of the repository: docker build -f docker/api.Dockerfile .

FROM node:22-bookworm-slim AS manifests
WORKDIR /app
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY packages packages
# What decides the installation, and nothing else: a change of the sources does not install anew.
RUN find packages -mindepth 2 -maxdepth 2 -not -name package.json -exec rm -rf {} +

# The full image has the compiler that better-sqlite3 needs where its ready-made binary cannot be fetched.
FROM node:22-bookworm AS pnpm
WORKDIR /app
COPY --from=manifests /app ./
ENV CI=true
RUN npm install --global "$(node -p "require('./package.json').packageManager")"

FROM pnpm AS build
RUN pnpm install --frozen-lockfile --filter "@twofold/api..."
COPY tsconfig.base.json ./
COPY packages packages
RUN packages/api/node_modules/.bin/tsc --build packages/api

FROM pnpm AS production
RUN pnpm install --frozen-lockfile --prod --filter "@twofold/api..."

FROM node:22-bookworm-slim
ENV NODE_ENV=production APP_ENV=production HOST=0.0.0.0 PORT=4000
WORKDIR /app
COPY --from=production /app ./
COPY --from=build /app/packages/core/dist packages/core/dist
COPY --from=build /app/packages/factors/dist packages/factors/dist
COPY --from=build /app/packages/api/dist packages/api/dist
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# No shell and no npm between: SIGTERM reaches the server, which ends what is under way.
CMD ["node", "packages/api/dist/main.js"]
