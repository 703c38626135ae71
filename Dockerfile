# One image, of which each service is a command; see docker-compose.yml. The build tools stay behind in the first stage.
FROM node:24.21.0-slim AS build
WORKDIR /app
COPY . .
RUN --mount=type=cache,target=/root/.npm npm run setup && node scripts/image.mjs /image

# Node's threads for files, names and passwords are DuckDB's too: with four, long reports would hold up signing in.
FROM node:24.21.0-slim
ENV NODE_ENV=production FOOTFALL_DATA_DIR=/data UV_THREADPOOL_SIZE=16 LISTEN_HOST=0.0.0.0
WORKDIR /app
COPY --from=build /image ./
RUN install --directory --owner=node --group=node --mode=700 /data /data/facts
USER node
VOLUME /data
EXPOSE 3000 3001 3002 3003 3004
HEALTHCHECK --interval=15s --timeout=5s --retries=4 --start-period=60s CMD ["node", "scripts/alive.mjs", "3000"]
CMD ["node", "apps/web/src/main.ts"]
