import { startEmbeddedPostgres } from './embedded.ts';

// A supervisor for tests: starts the server of a folder, says so to its parent, and does nothing more.
const postgres = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '', password: 'test' });
process.send?.({ url: postgres.url, pid: postgres.pid });
setInterval(() => undefined, 60_000);
