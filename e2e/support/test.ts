import { type FakeSmtp, startSmtp } from '@footfall/mail/smtp-server.fixture';
import { freePort } from '@footfall/postgres/free-port';
import { newClusterSpace } from '@footfall/testkit/cluster-space';
import { joinEngines } from '@footfall/testkit/engines';
import { type Installation, startInstallation } from '@footfall/testkit/installation';
import { test as base } from '@playwright/test';

/** What a project of the configuration chooses. */
export type Options = {
  /** Where the installations of the project keep what they are told. */
  stores: 'postgres' | 'cluster';
  /** How hard specs that break something try. */
  faults: Faults;
};

export type Faults = {
  /** That arrive while something breaks. */
  events: number;
  /** How long what is stopped stays away, milliseconds: longer than consumers' sessions, and only a moment. */
  longOutageMs: number;
  shortOutageMs: number;
};

/** Starts an installation on the project's stores, with nothing in them; `variables` are set besides. */
export type Install = (variables?: Parameters<typeof startInstallation>[0]) => Promise<Installation>;

/** An installation at a domain name, where browsers take passkeys, and the mailboxes of everybody who has an account there. */
export type Mailed = Installation & { received: FakeSmtp['received'] };

type Fixtures = {
  install: Install;
  /** One installation for all specs that break nothing: each makes tenants of its own in it. Nobody else may stop it. */
  shared: Installation;
  /** As {@link Fixtures.shared}, for specs about accounts. */
  mailed: Mailed;
};

const TIMEOUT = 600_000;

/** Playwright's `test`, with installations on the stores that the project names: every spec runs on each of them as it is. */
export const test = base.extend<object, Options & Fixtures>({
  stores: ['postgres', { scope: 'worker', option: true }],
  faults: [
    { events: 4_000, longOutageMs: 15_000, shortOutageMs: 3_000 },
    { scope: 'worker', option: true },
  ],
  install: [
    async ({ stores }, use) => {
      if (stores === 'postgres') return use((more) => startInstallation(more));
      // Not this worker's, which ends with the first test that fails: the runner's.
      await joinEngines(process.ppid);
      const drops: (() => Promise<void>)[] = [];
      await use(async (more) => {
        const { variables, drop } = await newClusterSpace();
        drops.push(drop);
        return startInstallation({ ...variables, ...more });
      });
      for (const drop of drops) await drop();
    },
    { scope: 'worker', timeout: TIMEOUT },
  ],
  shared: [
    async ({ install }, use) => {
      // Behind a proxy, and with all that services can log: privacy.spec.ts looks for addresses in it.
      const installation = await install({
        FOOTFALL_INTERNAL_PAGES: '1',
        TRUSTED_PROXIES: '127.0.0.1,::1',
        LOG_LEVEL: 'debug',
        // Plans and zones that change are waited for.
        DIRECTORY_TTL_SECONDS: '2',
      });
      await use(installation);
      await installation.stop();
    },
    { scope: 'worker', timeout: TIMEOUT },
  ],
  mailed: [
    async ({ install }, use) => {
      const smtp = await startSmtp();
      const port = await freePort();
      const webUrl = `http://localhost:${port}`;
      const installation = await install({ WEB_PORT: String(port), WEB_URL: webUrl, SMTP_URL: smtp.url });
      await use({ ...installation, webUrl, received: smtp.received });
      await installation.stop();
      await smtp.close();
    },
    { scope: 'worker', timeout: TIMEOUT },
  ],
});
