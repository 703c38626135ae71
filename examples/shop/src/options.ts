import { parseArgs } from 'node:util';

/** What the shop is started with. */
export type ShopOptions = {
  /** TCP port; 0: any free one. Default 3010. */
  port: number;
  /** The site's key; undefined: the shop is not counted. */
  site: string | undefined;
  /** Origin of the collector, which also serves the tracker. Default `http://127.0.0.1:3001`. */
  collector: string;
};

/**
 * Reads the command line.
 * @throws Error that says what is wrong and gives an example.
 */
export function parseOptions(args: readonly string[]): ShopOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '3010' },
      site: { type: 'string' },
      collector: { type: 'string', default: 'http://127.0.0.1:3001' },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port is not a port: ${values.port} (example: --port 3010)`);
  }
  if (!/^https?:\/\//.test(values.collector) || !URL.canParse(values.collector)) {
    throw new Error(
      `--collector is not an address: ${values.collector} (example: --collector http://127.0.0.1:3001)`,
    );
  }
  return { port, site: values.site, collector: values.collector.replace(/\/+$/, '') };
}
