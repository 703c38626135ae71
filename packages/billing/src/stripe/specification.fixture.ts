import { readFile } from 'node:fs/promises';
import { Ajv, type ValidateFunction } from 'ajv';

type Schema = { [name: string]: unknown };
type Specification = { components: { schemas: Record<string, Schema> } };

const REFERENCE = '#/components/schemas/';

/** Things of their own, such as an invoice, say in `object` what they are. */
function isResource(schema: Schema | undefined): boolean {
  const properties = schema?.properties as Record<string, Schema> | undefined;
  return properties?.object?.enum !== undefined;
}

/** Says what is wrong with an answer; empty: nothing. */
export type CheckShape = (answer: unknown) => string[];

/** A schema for ajv, in which other things are any object (they are checked by themselves), and the names of the parts that it needs. */
function cutter({ components: { schemas } }: Specification) {
  const needed = new Set<string>();
  function cut(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(cut);
    if (typeof value !== 'object' || value === null) return value;
    const { nullable, $ref, ...rest } = value as Schema;
    const inner = typeof $ref === 'string' ? reference($ref.slice(REFERENCE.length)) : cutAll(rest);
    return nullable === true ? { anyOf: [inner, { type: 'null' }] } : inner;
  }
  const cutAll = (schema: Schema): Schema =>
    Object.fromEntries(
      Object.entries(schema)
        .filter(([name]) => !name.startsWith('x-'))
        .map(([name, held]) => [name, cut(held)]),
    );
  function reference(name: string): Schema {
    if (isResource(schemas[name])) return { type: 'object' };
    needed.add(name);
    return { $ref: `#/definitions/${name}` };
  }
  return (name: string): Schema => {
    needed.clear();
    const root = cutAll(schemas[name] ?? {});
    const definitions: Record<string, unknown> = {};
    // A part may need others: the set grows while it is gone through.
    for (const part of needed) definitions[part] = cut(schemas[part]);
    return { ...root, additionalProperties: false, definitions };
  };
}

/** Checks things by Stripe's specification: each thing in an answer against the schema of what it says it is; names that the schema does not have are faults. */
export async function openSpecification(file: string): Promise<CheckShape> {
  const specification = JSON.parse(await readFile(file, 'utf8')) as Specification;
  const cut = cutter(specification);
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  const known = new Map<string, ValidateFunction>();

  function find(kind: string): ValidateFunction | undefined {
    const before = known.get(kind);
    if (before !== undefined || specification.components.schemas[kind] === undefined) return before;
    const made = ajv.compile(cut(kind));
    known.set(kind, made);
    return made;
  }

  function checkOne(kind: string, value: object): string[] {
    if (kind === 'list') return [];
    const check = find(kind);
    if (check === undefined) return [`nothing is called ${kind}`];
    if (check(value)) return [];
    return (check.errors ?? []).map(
      ({ instancePath, message, params }) => `${kind}${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  return function check(value: unknown): string[] {
    if (typeof value !== 'object' || value === null) return [];
    const { object: kind } = value as { object?: unknown };
    const own = typeof kind === 'string' ? checkOne(kind, value) : [];
    return [...own, ...Object.values(value).flatMap(check)];
  };
}
