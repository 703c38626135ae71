/** What schema.prisma says of the database, line by line; enough of its grammar for what is used there. */
export type SchemaFacts = { columns: string[]; keys: string[]; references: string[]; enums: string[] };

const TYPES: Readonly<Record<string, string>> = {
  String: 'text',
  Int: 'int4',
  BigInt: 'int8',
  Boolean: 'bool',
  Bytes: 'bytea',
  DateTime: 'timestamptz',
  Json: 'jsonb',
  Decimal: 'numeric',
};

/** Native types that differ from what a field's type is by default. */
const NATIVE: readonly (readonly [RegExp, string])[] = [
  [/@db\.Date\b/, 'date'],
  [/@db\.Char\b/, 'bpchar'],
];

type Field = {
  name: string;
  column: string;
  type: string;
  list: boolean;
  optional: boolean;
  attributes: string;
};
type Model = { name: string; table: string; body: string; fields: Field[] };

const FIELD = /^ {2}(\w+)\s+(\w+)(\[\])?(\?)?(.*)$/gm;

function parseModels(schema: string): Model[] {
  return [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name = '', body = '']) => ({
    name,
    body,
    table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name,
    fields: [...body.matchAll(FIELD)].map(([, field = '', type = '', list, optional, attributes = '']) => ({
      name: field,
      column: /@map\("(\w+)"\)/.exec(attributes)?.[1] ?? field,
      type,
      list: list !== undefined,
      optional: optional !== undefined,
      attributes,
    })),
  }));
}

const namesIn = (list: string) => list.split(',').map((name) => name.trim());

function listColumns(model: Model, names: readonly string[]): string {
  return names
    .map((name) => model.fields.find((field) => field.name === name)?.column ?? `?${name}`)
    .join(', ');
}

function listKeys(model: Model): string[] {
  const single = model.fields.flatMap(({ name, attributes }) => [
    ...(/@id\b/.test(attributes) ? [['primary', name] as const] : []),
    ...(/@unique\b/.test(attributes) ? [['unique', name] as const] : []),
  ]);
  const KINDS: Readonly<Record<string, string>> = { id: 'primary', unique: 'unique', index: 'index' };
  const several = [...model.body.matchAll(/@@(id|unique|index)\(\[([^\]]+)\]/g)].map(
    ([, kind = '', names = '']) => [KINDS[kind], names] as const,
  );
  return [...single, ...several].map(
    ([kind, names]) => `${kind} ${model.table} (${listColumns(model, namesIn(names))})`,
  );
}

function listReferences(model: Model, models: readonly Model[]): string[] {
  const RELATION = /@relation\(fields: \[([^\]]+)\], references: \[([^\]]+)\], onDelete: (\w+)\)/;
  return model.fields.flatMap(({ type, attributes }) => {
    const [, from = '', to = '', onDelete = ''] = RELATION.exec(attributes) ?? [];
    const target = models.find(({ name }) => name === type);
    if (from === '' || target === undefined) return [];
    const source = `${model.table} (${listColumns(model, namesIn(from))})`;
    return [
      `${source} -> ${target.table} (${listColumns(target, namesIn(to))}) on delete ${onDelete.toLowerCase()}`,
    ];
  });
}

/** The facts of a schema, each list sorted. */
export function factsOfSchema(schema: string): SchemaFacts {
  const enums = [...schema.matchAll(/^enum (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name = '', body = '']) => ({
    name,
    values: body.trim().split(/\s+/),
  }));
  const types = { ...TYPES, ...Object.fromEntries(enums.map(({ name }) => [name, name])) };
  const models = parseModels(schema);
  const columns = models.flatMap(({ table, fields }) =>
    fields
      .filter(({ type }) => types[type] !== undefined)
      .map(({ column, type, list, optional, attributes }) => {
        // Prisma makes lists nullable columns and reads null as an empty list.
        const nullable = optional || list ? 'null' : 'not null';
        const native = NATIVE.find(([pattern]) => pattern.test(attributes))?.[1] ?? types[type];
        return `${table}.${column} ${list ? '_' : ''}${native} ${nullable}`;
      }),
  );
  return {
    columns: columns.sort(),
    keys: models.flatMap(listKeys).sort(),
    references: models.flatMap((model) => listReferences(model, models)).sort(),
    enums: enums.map(({ name, values }) => `${name}: ${values.join(', ')}`).sort(),
  };
}
