import { type Config, ConfigError, readConfig } from '@footfall/config/config';
import { supervisorFailure } from './errors.ts';

export type Options = {
  /** Also run the example shop beside the portal. */
  shop: boolean;
};

/**
 * What the environment and the command line say, checked together.
 * @throws ConfigError
 * @throws Failure `unknown_option`
 */
export function readOptions(args: readonly string[]): { config: Config; options: Options } {
  const unknown = args.find((arg) => arg !== '--demo');
  if (unknown !== undefined)
    throw supervisorFailure(
      'unknown_option',
      `${unknown} is not an option of npm start; allowed is --demo, which runs the example shop beside it. Settings are environment variables: see .env.example`,
    );
  const config = readConfig();
  const options = { shop: args.includes('--demo') };
  if (options.shop && !config.demo) throw new ConfigError('FOOTFALL_DEMO', 'must not be 0 for the demo', '1');
  return { config, options };
}
