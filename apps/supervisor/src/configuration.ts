import { type Config, ConfigError, readConfig } from '@footfall/config/config';

export type Options = {
  /** Also run the example shop beside the portal. */
  shop: boolean;
};

/**
 * What the environment and the command line say, checked together.
 * @throws ConfigError
 */
export function readOptions(args: readonly string[]): { config: Config; options: Options } {
  const config = readConfig();
  const options = { shop: args.includes('--demo') };
  if (options.shop && !config.demo) throw new ConfigError('FOOTFALL_DEMO', 'must not be 0 for the demo', '1');
  return { config, options };
}
