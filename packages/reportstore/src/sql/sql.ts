/** SQL as a value: fragments nest, and nothing but fragments written in this package's source becomes text of a statement. */

export type Parameter = string | number | boolean | null | readonly string[] | readonly number[];

/** A piece of SQL with its parameters: `texts` has one more member than `values`, and stands around them. */
export class Sql {
  readonly texts: readonly string[];
  readonly values: readonly Parameter[];

  constructor(texts: readonly string[], values: readonly Parameter[]) {
    this.texts = texts;
    this.values = values;
  }
}

export type Statement = { text: string; values: Parameter[] };

/**
 * The tag of SQL templates: a slot that holds a fragment is spliced in, any other becomes a bound parameter.
 * @throws TypeError for `undefined`, which is always a mistake
 */
export function sql(template: TemplateStringsArray, ...slots: readonly (Sql | Parameter)[]): Sql {
  const texts = [template[0] ?? ''];
  const values: Parameter[] = [];
  const append = (text: string) => texts.push((texts.pop() ?? '') + text);
  slots.forEach((slot, index) => {
    if (slot === undefined) throw new TypeError('undefined is not SQL parameter');
    if (slot instanceof Sql) {
      append(slot.texts[0] ?? '');
      texts.push(...slot.texts.slice(1));
      values.push(...slot.values);
    } else {
      texts.push('');
      values.push(slot);
    }
    append(template[index + 1] ?? '');
  });
  return new Sql(texts, values);
}

/** Fragments one behind the other. */
export function join(fragments: readonly Sql[], separator: ', ' | ' AND ' | ' OR ' | ' UNION ALL '): Sql {
  const between = new Sql([separator], []);
  return fragments.reduce((all, next, index) => (index === 0 ? next : sql`${all}${between}${next}`), sql``);
}

/**
 * A name of a column or table of ours.
 * @throws TypeError for what is not a plain snake_case name
 */
export function identifier(name: string): Sql {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new TypeError(`${JSON.stringify(name)} is not a column of ours`);
  return new Sql([`"${name}"`], []);
}

/**
 * A word of ours as a constant of the statement, so that the database plans with it: names of events, never what anybody sent.
 * @throws TypeError for what is not plain
 */
export function constant(word: string): Sql {
  if (!/^[a-z][a-z0-9_]*$/.test(word)) throw new TypeError(`${JSON.stringify(word)} is not a word of ours`);
  return new Sql([`'${word}'`], []);
}

/** The statement as the driver takes it: numbered placeholders and their values. */
export function statement({ texts, values }: Sql): Statement {
  const text = texts.reduce((all, next, index) => `${all}$${index}${next}`);
  return { text, values: [...values] };
}
