import type { estypes } from '@elastic/elasticsearch';

type Properties = Readonly<Record<string, estypes.MappingProperty>>;

const inner = (property: estypes.MappingProperty | undefined): Properties =>
  property !== undefined && 'properties' in property ? (property.properties ?? {}) : {};

/** Paths of the fields that a mapping lacks, those inside of objects and nested documents included. */
export function missingFields(wanted: Properties, there: Properties): string[] {
  return Object.entries(wanted).flatMap(([name, property]) => {
    const known = there[name];
    if (known === undefined) return [name];
    return missingFields(inner(property), inner(known)).map((field) => `${name}.${field}`);
  });
}
