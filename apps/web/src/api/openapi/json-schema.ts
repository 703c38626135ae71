/** A JSON Schema of the 2020-12 draft, as OpenAPI 3.1 uses it. */
export type Schema = Readonly<Record<string, unknown>>;

/** A schema of the document by its name. */
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** An object of exactly these properties; all are required but those named in `optional`. */
export function objectSchema(
  properties: Readonly<Record<string, Schema>>,
  optional: readonly string[] = [],
): Schema {
  return {
    type: 'object',
    properties,
    required: Object.keys(properties).filter((name) => !optional.includes(name)),
    additionalProperties: false,
  };
}

export const arraySchema = (items: Schema, bounds: Schema = {}): Schema => ({
  type: 'array',
  items,
  ...bounds,
});

/** A list of exactly these members. */
export function tupleSchema(...members: readonly Schema[]): Schema {
  return {
    type: 'array',
    prefixItems: members,
    items: false,
    minItems: members.length,
    maxItems: members.length,
  };
}

/** One of some texts, each with what it means. */
export function choiceSchema(meanings: Readonly<Record<string, string>>): Schema {
  return { oneOf: Object.entries(meanings).map(([value, description]) => ({ const: value, description })) };
}

export const oneOfTexts = (texts: readonly string[]): Schema => ({ type: 'string', enum: texts });
