import { argv, exit } from 'node:process';
import { parseOptions, type ShopOptions } from './options.ts';
import { openShop } from './server.ts';

function optionsOrExit(): ShopOptions {
  try {
    return parseOptions(argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    exit(1);
  }
}

const options = optionsOrExit();
const { origin } = await openShop(options);
console.log(`shop ${origin}`);
if (options.site === undefined) console.log('not counted: start it with --site <site_key>');
