import type { NextConfig } from 'next';

const root = new URL('../../', import.meta.url).pathname;

const config: NextConfig = {
  // Several lockfiles on a machine must not move the root that Turbopack resolves from.
  turbopack: { root },
  outputFileTracingRoot: root,
  // `npm run typecheck` does it for the whole repository, tests included.
  typescript: { ignoreBuildErrors: true },
  agentRules: false,
  // Builds happen without a network and without questions.
  experimental: { agentUpgrade: false },
  poweredByHeader: false,
  reactStrictMode: true,
  productionBrowserSourceMaps: false,
};

export default config;
