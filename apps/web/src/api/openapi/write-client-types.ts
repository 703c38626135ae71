// Rewrites the types of packages/client.
import { writeFileSync } from 'node:fs';
import { clientTypes } from './client-types.ts';

writeFileSync(new URL('../../../../../packages/client/src/schema.ts', import.meta.url), await clientTypes());
