import { COUNT_PARTS, MONEY_PARTS } from '@footfall/core/part';
import { DayRollUp } from '@footfall/core/roll-up';
import { reportStoreFailure } from '../../errors.ts';
import type { CutValuesOfDay, SealedVisitorDay } from '../../report-store.ts';
import { storable } from '../../sql/columns.ts';
import type { MonthKey, Sealed } from '../months/month.ts';
import type { Ports } from '../ports.ts';
import { digitGroupFields } from '../schema/digit-groups.ts';
import { countNested, visitorDayDocument } from '../schema/document.ts';
import { MOST_NESTED } from '../schema/mappings.ts';
import { BulkWriter } from './bulk.ts';

type Work = { key: MonthKey; days: readonly Sealed[] };
type Fields = Record<string, unknown>;

/** The roll-ups of a day as documents: counts of a value, or its amounts in a currency; zeros are left out. */
export function* rollUpDocuments(total: DayRollUp): Generator<Fields> {
  for (const { dimension, value, counts } of total.rows()) {
    const parts = COUNT_PARTS.filter((part) => counts[part] !== 0).map((part) => [part, counts[part]]);
    yield { dimension, value: storable(value), ...Object.fromEntries(parts) };
  }
  for (const { dimension, value, currency, amounts } of total.moneyRows()) {
    const groups = MONEY_PARTS.map((part) => digitGroupFields(part, amounts[part]));
    yield {
      dimension,
      value: storable(value),
      currency: storable(currency),
      ...Object.assign({}, ...groups),
    };
  }
}

/** Writes facts and roll-ups of days, each under its build; documents are numbered, so that one that is sent again is the same. */
class BuildWriter {
  readonly #ports: Ports;
  readonly #work: Work;
  readonly #bulk: BulkWriter;
  readonly #builds: ReadonlyMap<string, string>;
  readonly cut: CutValuesOfDay[] = [];
  #documents = 0;
  #current: { day: string; total: DayRollUp } | null = null;

  constructor(ports: Ports, work: Work) {
    this.#ports = ports;
    this.#work = work;
    this.#bulk = new BulkWriter(ports);
    this.#builds = new Map(work.days.map(({ day, build }) => [day, build]));
  }

  async add({ day, facts }: SealedVisitorDay): Promise<void> {
    if (this.#current?.day !== day) {
      await this.#rollUp();
      this.#current = { day, total: new DayRollUp() };
    }
    this.#current.total.add(facts);
    if (facts.length > 0) await this.#addFacts({ day, facts });
  }

  async #addFacts({ day, facts }: SealedVisitorDay): Promise<void> {
    const { siteId, generation, month } = this.#work.key;
    const build = this.#buildOf(day);
    const id = this.#nextId(build);
    const what = `a visitor-day of ${siteId}/${generation}/${day}`;
    if (countNested(facts) > MOST_NESTED)
      throw reportStoreFailure(
        'visitor_day_refused',
        `${what} has more than ${MOST_NESTED} visits, events and items`,
        { where: what },
      );
    const doc = visitorDayDocument(id, { siteId, generation, day, build }, facts);
    await this.#bulk.add({
      kind: 'facts',
      index: this.#ports.names.facts(month),
      id,
      routing: siteId,
      doc,
      what,
    });
  }

  /** A day that comes back later has more documents of the same values: they add up when they are read. */
  async #rollUp(): Promise<void> {
    if (this.#current === null) return;
    const { day, total } = this.#current;
    this.cut.push(...total.cutValues().map((values) => ({ day, ...values })));
    const { siteId, generation, month } = this.#work.key;
    const build = this.#buildOf(day);
    const index = this.#ports.names.rollUps(month);
    const what = `a roll-up of ${siteId}/${generation}/${day}`;
    for (const fields of rollUpDocuments(total)) {
      const doc = JSON.stringify({ site: siteId, generation, day, build, ...fields });
      await this.#bulk.add({ kind: 'rollups', index, id: this.#nextId(build), routing: siteId, doc, what });
    }
  }

  #buildOf(day: string): string {
    const build = this.#builds.get(day);
    if (build === undefined)
      throw reportStoreFailure('unanswerable', `${day} has facts, but is not to be sealed`);
    return build;
  }

  #nextId(build: string): string {
    this.#documents += 1;
    return `${build}.${this.#documents}`;
  }

  async end(): Promise<void> {
    await this.#rollUp();
    const [first] = await this.#bulk.end();
    // A day is sealed whole or not at all.
    if (first !== undefined) throw first;
  }
}

/**
 * Writes the new builds of days and waits until searches see them. Answers which values their roll-ups do not keep apart.
 * @throws Failure `visitor_day_refused`, `report_store_unavailable`
 */
export async function writeBuilds(
  ports: Ports,
  work: Work,
  facts: AsyncIterable<readonly SealedVisitorDay[]>,
): Promise<CutValuesOfDay[]> {
  const { names, indices } = ports;
  const { month } = work.key;
  // Both are there even when the days are empty: a missing index is one that was lost.
  await indices.ensure('facts', names.facts(month));
  await indices.ensure('rollups', names.rollUps(month));
  const writer = new BuildWriter(ports, work);
  for await (const portion of facts) for (const one of portion) await writer.add(one);
  await writer.end();
  return writer.cut;
}
