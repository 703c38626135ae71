import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const root = fileURLToPath(new URL('../../', import.meta.url));

const config: NextConfig = {
  // Several lockfiles on a machine must not move the root that Turbopack resolves from.
  turbopack: { root },
  outputFileTracingRoot: root,
  // `npm run typecheck` does it for the whole repository, tests included.
  typescript: { ignoreBuildErrors: true },
  agentRules: false,
  // Builds happen without a network and without questions.
  experimental: {
    agentUpgrade: false,
    // `forbidden()`: a page that a session may not open answers 403.
    authInterrupts: true,
    // As the server itself holds it (access/body-limits.ts); a test compares them.
    serverActions: { bodySizeLimit: 512 * 1024 },
  },
  poweredByHeader: false,
  reactStrictMode: true,
  productionBrowserSourceMaps: false,
};

export default config;
