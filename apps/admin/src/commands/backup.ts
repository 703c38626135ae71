import { makeBackup } from '@footfall/backup/make-backup';
import { type Contents, verifyBackup } from '@footfall/backup/read-backup';
import { restoreBackup } from '@footfall/backup/restore-backup';
import type { Config } from '@footfall/config/config';
import { type Access, useInstallation } from '@footfall/installation/access';
import { readJson, writeJson } from '@footfall/installation/json-file';
import { keepSecrets } from '@footfall/installation/secrets';
import { prepareOwnStores } from '@footfall/installation/stores';
import manifest from '../../package.json' with { type: 'json' };
import { type Command, type Result, result } from '../command.ts';
import type { OptionTable } from '../options.ts';
import { progressTo } from '../progress.ts';

const EXAMPLE = 'footfall-2026-01-31.backup';

const fromOption: OptionTable[string] = {
  meaning: 'the file that `backup` has made',
  required: true,
  example: EXAMPLE,
};

async function backup(
  { dataDir, urls }: Access,
  config: Config,
  given: { file: string; planeOnly: boolean },
): Promise<Result> {
  const began = Date.now();
  const secret =
    config.secret === undefined
      ? { text: (await keepSecrets(dataDir)).secret, isMadeUp: true }
      : { text: config.secret, isMadeUp: false };
  const made = await makeBackup({
    ...given,
    urls,
    factsDir: config.factsDir,
    secret,
    version: manifest.version,
    tell: progressTo(process.stderr),
  });
  const seconds = Math.round((Date.now() - began) / 1000);
  const answer = result({ file: given.file, ...made, seconds });
  const warning = secret.isMadeUp
    ? 'keep it as safe as the data folder: the secret of the installation is in it'
    : 'FOOTFALL_SECRET is not in it: keep that apart, nothing is restored without it';
  return { ...answer, text: `${answer.text}\n${warning}` };
}

const describe = ({ head, end }: Contents) => ({
  version: head.version,
  made_at: head.madeAt,
  control_plane_only: head.stores.eventStore === undefined,
  tenants: end.tables['public.tenant'] ?? 0,
  sites: end.tables['public.site'] ?? 0,
  events: end.tables['eventstore.event'] ?? null,
  files: end.files,
});

async function restore(access: Access, config: Config, file: string, contents: Contents): Promise<Result> {
  const { dataDir, urls, runtime } = access;
  const began = Date.now();
  const demo = await readJson<{ siteId: string }>(dataDir.demo);
  const rows = await restoreBackup(
    {
      file,
      urls,
      factsDir: config.factsDir,
      secret: config.secret,
      keepSecret: async (secret) => writeJson(dataDir.secrets, { ...(await keepSecrets(dataDir)), secret }),
      demoSiteId: demo?.siteId ?? null,
      tell: progressTo(process.stderr),
    },
    contents,
  );
  await prepareOwnStores(urls);
  const seconds = Math.round((Date.now() - began) / 1000);
  const answer = result({ ...describe(contents), rows, seconds, restart: runtime !== null });
  const next =
    runtime === null
      ? 'start it: npm start'
      : 'stop it and start it again, so that all of it goes by what was restored';
  return { ...answer, text: `${answer.text}\n${next}` };
}

/** Copies of an installation in a file. */
export const BACKUP_COMMANDS: Readonly<Record<string, Command>> = {
  backup: {
    summary: 'writes all that is stored into one file, while everything runs',
    options: {
      to: { meaning: 'the file; one that is there is replaced', required: true, example: EXAMPLE },
      'control-plane-only': {
        meaning: 'tenants, sites, keys and counts alone, such as on a cluster',
        required: false,
        flag: true,
        example: '',
      },
    },
    run: ({ to = '', 'control-plane-only': planeOnly }, config) =>
      useInstallation(config, (access) =>
        backup(access, config, { file: to, planeOnly: planeOnly !== undefined }),
      ),
  },
  restore: {
    summary: 'fills an empty installation from a backup, which is verified first',
    options: { from: fromOption },
    run: async ({ from = '' }, config) => {
      const contents = await verifyBackup(from);
      return useInstallation(config, (access) => restore(access, config, from, contents), {
        prepares: false,
      });
    },
  },
  verify: {
    summary: 'reads a backup and says what it has, or what is wrong with it; changes nothing',
    options: { from: fromOption },
    run: async ({ from = '' }) => result(describe(await verifyBackup(from))),
  },
};
