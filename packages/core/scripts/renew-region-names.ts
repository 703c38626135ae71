/**
 * Makes src/region-names.ts of the English names of subdivisions that Unicode's CLDR has (licence Unicode-3.0):
 *
 *     npm pack cldr-subdivisions-full      (and unpack it)
 *     npm run renew-region-names -w @footfall/core -- FOLDER
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Names = { subdivisions: { localeDisplayNames: { subdivisions: Record<string, string> } } };

const [folder = ''] = process.argv.slice(2);
const read = <Content>(file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Content;
const { version } = read<{ version: string }>('package.json');
const names = read<Names>('subdivisions/en/en.json').subdivisions.localeDisplayNames.subdivisions;

const byCountry = new Map<string, string[]>();
for (const [id, text] of Object.entries(names)) {
  const [, country = '', part = ''] = /^([a-z]{2})([a-z0-9]{1,3})$/.exec(id) ?? [];
  // CLDR numbers names that several regions of a country have.
  const name = text.replace(/[²³]$/, '');
  if (country === '' || /[|`\\$]/.test(name)) throw new Error(`${id} ${name} is not a subdivision`);
  const parts = byCountry.get(country) ?? [];
  parts.push(`${part.toUpperCase()} ${name}`);
  byCountry.set(country, parts);
}

const lines = [...byCountry].map(([country, parts]) => `${country.toUpperCase()} ${parts.join('|')}`);
writeFileSync(
  new URL('../src/region-names.ts', import.meta.url),
  `/**
 * English names of the regions of ISO 3166-2, from Unicode's CLDR ${version} (licence Unicode-3.0). A line is a country's code, then
 * its regions: what follows the hyphen of the code, and the name. Made by scripts/renew-region-names.ts.
 */
export const REGION_NAMES = \`
${lines.join('\n')}
\`;
`,
);
