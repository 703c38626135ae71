import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ImportedTotal } from '@footfall/core/imported';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { collectMeasures } from './totals.ts';
import { newNotes, type TotalsFile, totalsIn } from './totals-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-totals-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(
  content: string,
  of: Pick<TotalsFile, 'name' | 'source'> = { name: 'report.csv', source: 'ga4' },
) {
  const at = path.join(folder, 'report.csv');
  await writeFile(at, content);
  const file: TotalsFile = { path: at, size: content.length, ...of };
  const notes = newNotes();
  const totals: ImportedTotal[] = [];
  for await (const group of totalsIn(file, notes, () => undefined)) totals.push(...group);
  return { totals, ...notes.rows, problems: notes.problems, measures: collectMeasures(notes.rules) };
}

const head = (start: string, end: string) =>
  `# ----------------------------------------\n# Traffic acquisition\n# Account: Kiln\n# ----------------------------------------\n#\n# Start date: ${start}\n# End date: ${end}\n`;

test('an exploration with days: a row for each dimension, sums where GA4 has shares and means', async () => {
  const heading =
    'Date,Session source,Country,Total users,Sessions,Engaged sessions,Average session duration,Views,Event count';
  const rows =
    '20260103,(direct),Germany,2,4,3,10.5,"1,234",2000\n20260103,google,(not set),1,1,0,0,1,3\n,,,3,5,3,8.4,1235,2003,Grand total\n';
  const { totals, measures, ...rest } = await read(`${head('20260101', '20260131')}${heading}\n${rows}`);
  const first = { visitors: 2, visits: 4, pageviews: 1234, events: 2000, bounces: 1, durationMs: 42_000 };
  const second = { visitors: 1, visits: 1, pageviews: 1, events: 3, bounces: 1, durationMs: 0 };
  const day = '2026-01-03';
  expect(totals).toEqual([
    { day, dimension: 'visit:source', value: 'Direct / None', counts: first },
    { day, dimension: 'visit:country', value: 'DE', counts: first },
    { day, dimension: 'visit:source', value: 'google', counts: second },
    { day, dimension: 'visit:country', value: '(none)', counts: second },
  ]);
  expect(measures['visit:source']).toEqual([
    'visitors',
    'visits',
    'pageviews',
    'events',
    'bounces',
    'durationMs',
  ]);
  expect(rest).toMatchObject({ read: 3, accepted: 2, rejected: 0, skipped: 1 });
});

test('the nth days of a report, and a second table behind its own comments', async () => {
  const { totals } = await read(
    `${head('20260130', '20260202')}Nth day,Active users\n0000,5\n0003,6\n\n${head('20260202', '20260202')}Country,Active users\nFrance,4\n`,
  );
  expect(totals).toEqual([
    { day: '2026-01-30', dimension: '(all)', value: '(all)', counts: { visitors: 5 } },
    { day: '2026-02-02', dimension: '(all)', value: '(all)', counts: { visitors: 6 } },
    { day: '2026-02-02', dimension: 'visit:country', value: 'FR', counts: { visitors: 4 } },
  ]);
});

test.each([
  [
    'without days over several',
    head('20260101', '20260131'),
    'Country,Users\nFrance,4\n',
    /rows have no day/,
  ],
  ['by hours', head('20260101', '20260101'), 'Hour,Users\n13,4\n', /it is by Hour/],
])('a report %s is refused', async (_, comments, table, message) => {
  await expect(read(comments + table)).rejects.toThrow(message);
});

test.each(['Item name', 'Campaign ID', 'Session Google Ads ad group ID'])(
  'a table by %s, which is not a dimension of ours, ends the file, whatever its values look like',
  async (column) => {
    const table = `${column},Users\n1234567,4\n`;
    await expect(read(head('20260101', '20260101') + table)).rejects.toThrow(
      `report.csv: line 8: its column "${column}" is not known; take it out of the report`,
    );
  },
);

test('an exploration names its days in one line, and its sum stands in a row without day and value', async () => {
  const { totals, ...rest } = await read(
    [
      '# ----------------------------------------',
      '# Kiln - Free form 1',
      '# 20260723-20260922',
      '# ----------------------------------------',
      '',
      'Date,Session source / medium,Sessions,Total users',
      ',,211078,180000,Grand total',
      '20260723,google / organic,12,10',
      '20260723,(direct) / (none),3,2',
      '20260724,(not set) / (not set),1,1',
      '',
    ].join('\n'),
  );
  const total = (value: string, dimension: string, [visitors, visits]: number[], day = '2026-07-23') => ({
    day,
    dimension,
    value,
    counts: { visitors, visits },
  });
  expect(totals).toEqual([
    total('google', 'visit:source', [10, 12]),
    total('organic', 'visit:utm_medium', [10, 12]),
    total('Direct / None', 'visit:source', [2, 3]),
    total('(none)', 'visit:utm_medium', [2, 3]),
    total('(none)', 'visit:source', [1, 1], '2026-07-24'),
    total('(none)', 'visit:utm_medium', [1, 1], '2026-07-24'),
  ]);
  expect(rest).toMatchObject({ read: 4, accepted: 3, rejected: 0, skipped: 1 });
});

test('the nth days of an exploration are counted from the first of its days', async () => {
  const { totals } = await read('# ----\n# 20260723-20260922\n# ----\n\nNth day,Sessions\n0001,5\n');
  expect(totals).toMatchObject([{ day: '2026-07-24', counts: { visits: 5 } }]);
});

test('the sum of a report of one day is told by its name', async () => {
  const { totals, ...rest } = await read(
    `${head('20260101', '20260101')}Country,Active users\nTotals,9\nFrance,4\nSpain,5\n`,
  );
  expect(totals.map(({ value }) => value)).toEqual(['FR', 'ES']);
  expect(rest).toMatchObject({ read: 3, accepted: 2, skipped: 1 });
});

test('of several tables those of days are taken, the others counted as skipped', async () => {
  const { totals, ...rest } = await read(
    `${head('20260101', '20260131')}Country,Item ID,Active users\nFrance,7,4\n\nNth hour,Active users\n0,3\n\nDate,Sessions\n20260103,5\n`,
  );
  expect(totals).toEqual([{ day: '2026-01-03', dimension: '(all)', value: '(all)', counts: { visits: 5 } }]);
  expect(rest).toMatchObject({ read: 3, accepted: 1, skipped: 2 });
});

test('a German file from a spreadsheet: semicolons, quoted comments, numbers with points and commas', async () => {
  const { totals, ...rest } = await read(
    [
      '"# Besucher – Freies Format 1";;;;;;',
      '# 20260723-20260724;;;;;;',
      ';;;;;;',
      'Datum;Sitzung – Quelle/Medium;Land;Sitzungen;Absprungrate;Durchschnittliche Sitzungsdauer;Nutzer insgesamt',
      '20260723;google / organic;Deutschland;1.234;25%;1.000,5;1.100',
      '20260724;(nicht festgelegt) / (nicht festgelegt);Vereinigtes Königreich;10;0,5;12.5;9',
      'Gesamtsumme;;;1.244;;;',
    ].join('\r\n'),
  );
  const first = { visitors: 1100, visits: 1234, bounces: 309, durationMs: 1_234_617_000 };
  const second = { visitors: 9, visits: 10, bounces: 5, durationMs: 125_000 };
  expect(totals).toEqual([
    { day: '2026-07-23', dimension: 'visit:source', value: 'google', counts: first },
    { day: '2026-07-23', dimension: 'visit:utm_medium', value: 'organic', counts: first },
    { day: '2026-07-23', dimension: 'visit:country', value: 'DE', counts: first },
    { day: '2026-07-24', dimension: 'visit:source', value: '(none)', counts: second },
    { day: '2026-07-24', dimension: 'visit:utm_medium', value: '(none)', counts: second },
    { day: '2026-07-24', dimension: 'visit:country', value: 'GB', counts: second },
  ]);
  expect(rest).toMatchObject({ read: 3, accepted: 2, skipped: 1, problems: [] });
});

/** The language, then comments, heading and rows as GA4 has them there. */
const IN_LANGUAGES: readonly (readonly [string, string, string])[] = [
  [
    'English',
    '# Start date: 20260723\n# End date: 20260724',
    'Date,Session source / medium,Country,Sessions,Engaged sessions,Total users,Views,Event count',
  ],
  [
    'German',
    '# Startdatum: 20260723\n# Enddatum: 20260724',
    'Datum,Sitzung – Quelle/Medium,Land,Sitzungen,Sitzungen mit Interaktionen,Nutzer insgesamt,Aufrufe,Ereignisanzahl',
  ],
  [
    'French',
    '# Date de début : 20260723\n# Date de fin : 20260724',
    'Date,Source/Support de la session,Pays,Sessions,Sessions avec engagement,Nombre total d’utilisateurs,Vues,Nombre d’événements',
  ],
  [
    'Spanish',
    '# Fecha de inicio: 20260723\n# Fecha de finalización: 20260724',
    'Fecha,Fuente/medio de la sesión,País,Sesiones,Sesiones con interacción,Total de usuarios,Vistas,Número de eventos',
  ],
  [
    'Italian',
    '# Data di inizio: 20260723\n# Data di fine: 20260724',
    'Data,Sorgente/mezzo sessione,Paese,Sessioni,Sessioni con coinvolgimento,Utenti totali,Visualizzazioni,Conteggio eventi',
  ],
  [
    'Portuguese',
    '# Data de início: 20260723\n# Data de término: 20260724',
    'Data,Origem / mídia da sessão,País,Sessões,Sessões engajadas,Total de usuários,Visualizações,Contagem de eventos',
  ],
  [
    'Japanese',
    '# 開始日: 20260723\n# 終了日: 20260724',
    '日付,セッションの参照元 / メディア,国,セッション,エンゲージのあったセッション数,総ユーザー数,表示回数,イベント数',
  ],
  [
    'Dutch',
    '# Begindatum: 20260723\n# Einddatum: 20260724',
    'Datum,Sessiebron/-medium,Land,Sessies,Betrokken sessies,Totaal aantal gebruikers,Weergaven,Aantal gebeurtenissen',
  ],
  [
    'Polish',
    '# Data rozpoczęcia: 20260723\n# Data zakończenia: 20260724',
    'Data,Źródło / medium sesji,Kraj,Sesje,Sesje z zaangażowaniem,Łączna liczba użytkowników,Wyświetlenia,Liczba zdarzeń',
  ],
  [
    'Russian',
    '# Дата начала: 20260723\n# Дата окончания: 20260724',
    'Дата,Источник/канал сеанса,Страна,Сеансы,Сеансы с взаимодействием,Всего пользователей,Просмотры,Количество событий',
  ],
  [
    'Turkish',
    '# Başlangıç tarihi: 20260723\n# Bitiş tarihi: 20260724',
    'Tarih,Oturum kaynağı/aracı,Ülke,Oturumlar,Etkileşimli oturumlar,Toplam kullanıcı sayısı,Görüntüleme sayısı,Etkinlik sayısı',
  ],
];

test.each(IN_LANGUAGES)('a report in %s is read as one in English', async (_, comments, heading) => {
  const rows = '20260723,google / organic,XX,10,6,8,30,50\n20260724,google / organic,XX,1,1,1,1,2\n';
  const { totals, ...rest } = await read(`# ---\n# Kiln\n${comments}\n${heading}\n${rows}`);
  const counts = { visitors: 8, visits: 10, pageviews: 30, events: 50, bounces: 4 };
  expect(totals).toHaveLength(6);
  expect(totals[0]).toEqual({ day: '2026-07-23', dimension: 'visit:source', value: 'google', counts });
  expect(totals[2]).toMatchObject({ dimension: 'visit:country', value: 'XX' });
  expect(rest).toMatchObject({ read: 2, accepted: 2, rejected: 0 });
});

test('a heading in a language that is not known is named, with what to do', async () => {
  const korean = `${head('20260101', '20260131')}날짜,세션\n20260101,5\n`;
  await expect(read(korean)).rejects.toThrow(
    'report.csv: its column "날짜" is not known, nor is any other: set GA4 to a language of docs/import-ga4.md',
  );
});

test('no row makes it throw', async () => {
  const cell = fc.string({ unit: fc.constantFrom('1', 'a', ',', '"', ' ', '-', '%', '#', '\n') });
  const heading = 'Date,Session source,Users,Sessions,Bounce rate\n';
  await fc.assert(
    fc.asyncProperty(fc.array(cell), async (rows) => {
      const lines = rows.map((row) => `x${row}`.replaceAll(/\n"?#/g, '\nx')).join('\n');
      const found = await read(`${head('20260101', '20260101')}${heading}${lines}`);
      expect(found.accepted + found.rejected + found.skipped).toBe(found.read);
    }),
    { numRuns: 50 },
  );
});

test('a table of Plausible that a spreadsheet has saved has semicolons, capitals, and days and thousands of its country', async () => {
  const table =
    'Date;Visitors;Pageviews\n31.01.2026;2;1.234\n2026-02-01;3;"1,234"\n31.02.2026;1;1\n2026-02-02;1;1,5\n01/02/2026;1;1\n';
  const file = { name: 'imported_visitors_20260101_20260131 (1).csv', source: 'plausible' } as const;
  const { totals, rejected, problems } = await read(table, file);
  const ofDays = totals.filter(({ dimension }) => dimension === '(all)');
  expect(ofDays.map(({ day, counts }) => [day, counts.visitors, counts.pageviews])).toEqual([
    ['2026-01-31', 2, 1_234],
    ['2026-02-01', 3, 1_234],
  ]);
  expect([rejected, problems]).toMatchObject([3, [{ line: 4, count: 3 }]]);
});
