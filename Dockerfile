# One image, of which each service is a command; see docker-compose.yml.
FROM node:24-slim AS build
WORKDIR /app
COPY . .
RUN npm run setup \
  && npm prune --omit=dev \
  && rm -rf .footfall .turbo apps/web/.next/cache

FROM node:24-slim
ENV NODE_ENV=production FOOTFALL_DATA_DIR=/data
WORKDIR /app
COPY --from=build /app ./
RUN install --directory --owner=node --group=node --mode=711 /data /data/facts
USER node
VOLUME /data
CMD ["node", "apps/web/src/main.ts"]
