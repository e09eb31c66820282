# The client, as files behind nginx. Built from the root of the repository: docker build -f docker/web.Dockerfile .

FROM node:22-bookworm-slim AS manifests
WORKDIR /app
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY packages packages
# What decides the installation, and nothing else: a change of the sources does not install anew.
RUN find packages -mindepth 2 -maxdepth 2 -not -name package.json -exec rm -rf {} +

FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY --from=manifests /app ./
ENV CI=true
RUN npm install --global "$(node -p "require('./package.json').packageManager")"
RUN pnpm install --frozen-lockfile --filter "@twofold/web..."
COPY tsconfig.base.json ./
COPY packages packages
# The build runs some of what it is built from, and Node finds that compiled only.
RUN packages/web/node_modules/.bin/tsc --build packages/factors packages/contract
RUN pnpm --filter @twofold/web run build

FROM nginxinc/nginx-unprivileged:1.30-alpine
COPY docker/nginx.conf docker/resolver.conf docker/security-headers.conf /etc/nginx/
COPY --from=build /app/packages/web/dist /usr/share/nginx/html
# The user `nginx`, as a number: by it Kubernetes can tell that this is not root.
USER 101:101
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s CMD ["wget", "--quiet", "--spider", "http://127.0.0.1:8080/favicon.svg"]
# What is being answered is answered to its end.
STOPSIGNAL SIGQUIT
# Not by the base's script, which writes settings into a file system that is read-only here.
ENTRYPOINT ["nginx", "-g", "daemon off;"]
