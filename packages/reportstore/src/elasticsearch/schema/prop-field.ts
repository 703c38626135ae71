import { storable } from '../../sql/columns.ts';
import { documentId } from '../identity.ts';

/** Names are few and come again with every event. */
const known = new Map<string, string>();
const REMEMBERED = 10_000;

/** The key under which a property is kept: names may be empty, hold dots or have 2,000 characters, which no field's name may. */
export function propField(prop: string): string {
  let field = known.get(prop);
  if (field === undefined) {
    field = documentId(storable(prop));
    if (known.size >= REMEMBERED) known.clear();
    known.set(prop, field);
  }
  return field;
}
