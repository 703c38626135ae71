import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { openApiDocument } from './document.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema({ $id: 'footfall', ...openApiDocument('http://portal.example') });

/** What a value has that its schema in the document does not allow; empty when it is as documented. */
export function faults(schema: string, value: unknown): string[] {
  const validate = ajv.compile({ $ref: `footfall#/components/schemas/${schema}` });
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}
