import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '@footfall/config/config';
import { type Installation, startInstallation } from '@footfall/testkit/installation';
import { expect } from 'vitest';
import { IMPORT_COMMANDS } from './imports.ts';

export type Site = { siteId: string; domain: string; stats: string };
export type Ledger = {
  received: number;
  stored: number;
  duplicate: number;
  pending: number;
  bots: number;
  removed?: number;
};
export type Answer = { results: { dimensions: string[]; metrics: unknown[] }[] };
type Tenant = { tenantId: string; stats: string };

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

/** An installation with a tenant, and what tests of imports do with it. */
export class Imports {
  readonly footfall: Installation;
  readonly folder: string;
  readonly #own: Tenant;
  #sites = 0;

  private constructor(footfall: Installation, folder: string, own: Tenant) {
    this.footfall = footfall;
    this.folder = folder;
    this.#own = own;
  }

  static async start(): Promise<Imports> {
    const folder = await mkdtemp(path.join(tmpdir(), 'footfall-import-'));
    const footfall = await startInstallation();
    return new Imports(footfall, folder, await newTenant(footfall, 'a@shop.example'));
  }

  async end(): Promise<void> {
    await this.footfall.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  get tenantId(): string {
    return this.#own.tenantId;
  }

  async newSite(): Promise<Site> {
    this.#sites += 1;
    return this.#createSite(this.#own, `shop${this.#sites}.example`);
  }

  /** A site of a new tenant, of whatever domain: several tenants may name one. */
  async newSiteElsewhere(domain: string): Promise<Site> {
    this.#sites += 1;
    return this.#createSite(await newTenant(this.footfall, `t${this.#sites}@shop.example`), domain);
  }

  async #createSite({ tenantId, stats }: Tenant, domain: string): Promise<Site> {
    const made = await this.footfall.admin(['create-site', '--tenant', tenantId, '--domain', domain]);
    return { siteId: String(made.site_id), domain, stats };
  }

  async file(name: string, content: string | Uint8Array): Promise<string> {
    const at = path.join(this.folder, name);
    await mkdir(path.dirname(at), { recursive: true });
    await writeFile(at, content);
    return at;
  }

  /** The command in this process: a process of its own takes seconds to begin. */
  async bring({ siteId }: Site, from: string, more: Record<string, string> = {}): Promise<unknown> {
    return this.command('import', { site: siteId, from, ...more });
  }

  async command(
    name: 'import' | 'imports' | 'import-delete',
    values: Record<string, string>,
  ): Promise<unknown> {
    const config = readConfig({ FOOTFALL_DATA_DIR: this.footfall.dataDir });
    return (await IMPORT_COMMANDS[name]?.run(values, config, {}))?.json;
  }

  async fetch({ stats }: Pick<Site, 'stats'>, route: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${stats}`, 'content-type': 'application/json' };
    return fetch(`${this.footfall.webUrl}/api/v1/${route}`, { ...init, headers });
  }

  async query(site: Site, body: object): Promise<Answer & { meta: Record<string, unknown> }> {
    const asked = JSON.stringify({ site_id: site.siteId, date_range: 'all', ...body });
    const response = await this.fetch(site, 'query', { method: 'POST', body: asked });
    return (await response.json()) as Answer & { meta: Record<string, unknown> };
  }

  /** The ledger of a site when all that was sent has been stored. */
  async settledLedger(site: Site): Promise<Ledger> {
    const read = async () =>
      (await (
        await this.fetch(site, `sites/${site.siteId}/ledger?from=${day(2)}&to=${day(-1)}`)
      ).json()) as Ledger;
    await expect.poll(async () => (await read()).pending, { timeout: 60_000 }).toBe(0);
    return read();
  }

  /** Rows of a query over all of a site's history, once they hold `events` of it. */
  async queryRows(site: Site, events: number, query: object): Promise<Record<string, unknown[]>> {
    const counted = async () => (await this.query(site, { metrics: ['events'] })).results?.[0]?.metrics[0];
    await expect.poll(counted, { timeout: 120_000, interval: 250 }).toBe(events);
    const { results } = await this.query(site, query);
    return Object.fromEntries(results.map(({ dimensions, metrics }) => [dimensions.join(' '), metrics]));
  }
}

async function newTenant(footfall: Installation, email: string): Promise<Tenant> {
  const tenant = ['--name', 'Shop', '--email', email, '--password', 'correct horse'];
  const tenantId = String((await footfall.admin(['create-tenant', ...tenant])).tenant_id);
  const key = await footfall.admin(['create-api-key', '--tenant', tenantId, '--scopes', 'stats']);
  return { tenantId, stats: String(key.api_key) };
}
