import { expect, test } from 'vitest';
import { checkExceptions, isReport, judge } from './audit.mjs';

const TODAY = '2026-12-01';

const cause = (name: string, severity: string, advisory: string) => ({
  source: 1,
  name,
  dependency: name,
  title: `A fault of ${name}`,
  url: `https://github.com/advisories/${advisory}`,
  severity,
  range: '<1.0.0',
});

const [FIRST, SECOND, THIRD] = ['GHSA-jf85-cpcp-j695', 'GHSA-2222-3333-4444', 'GHSA-5555-6666-7777'];

/** As npm 11 writes it: what depends on a faulty package names it, and the fault stands once more with each. */
const REPORT = {
  auditReportVersion: 2,
  vulnerabilities: {
    deep: {
      name: 'deep',
      severity: 'critical',
      via: [cause('deep', 'critical', FIRST), cause('deep', 'low', THIRD)],
    },
    above: { name: 'above', severity: 'critical', via: ['deep', cause('deep', 'critical', FIRST)] },
    other: { name: 'other', severity: 'high', via: [cause('other', 'high', SECOND)] },
    mild: { name: 'mild', severity: 'moderate', via: [cause('mild', 'moderate', SECOND)] },
  },
};

const excuse = { package: 'other', advisory: SECOND, reason: 'is not called', until: '2027-01-31' };

test('high and critical advisories fail, each once, and others do not', () => {
  const { refused, excused, problems } = judge(REPORT, [], TODAY);
  expect(refused.map((one) => [one.package, one.advisory, one.severity])).toEqual([
    ['deep', FIRST, 'critical'],
    ['other', SECOND, 'high'],
  ]);
  expect([excused, problems]).toEqual([[], []]);
});

test('an exception excuses its advisory of its package up to its day', () => {
  const { refused, excused, problems } = judge(REPORT, [excuse], TODAY);
  expect(refused.map((one) => one.package)).toEqual(['deep']);
  expect(excused).toMatchObject([{ package: 'other', exception: { reason: 'is not called' } }]);
  expect(problems).toEqual([]);
  expect(judge(REPORT, [{ ...excuse, until: TODAY }], TODAY).problems).toEqual([]);
  expect(judge(REPORT, [{ ...excuse, package: 'deep' }], TODAY).refused).toHaveLength(2);
});

test.each([
  ['its day is past', { ...excuse, until: '2026-11-30' }, /ended on 2026-11-30/],
  ['it is for years', { ...excuse, until: '2028-01-01' }, /more than 180 days/],
  ['it has no day', { ...excuse, until: 'soon' }, /has no day/],
  ['it has no reason', { ...excuse, reason: ' ' }, /lacks a package or a reason/],
  ['it names no advisory', { ...excuse, advisory: 'all' }, /names no advisory/],
])('an exception fails the audit, also without a registry, when %s', (_, exception, said) => {
  expect(checkExceptions([exception], TODAY)).toEqual([expect.stringMatching(said)]);
  expect(judge(REPORT, [exception], TODAY).problems).toContainEqual(expect.stringMatching(said));
});

test('an exception that excuses nothing any more is a problem', () => {
  const { problems } = judge({ ...REPORT, vulnerabilities: {} }, [excuse], TODAY);
  expect(problems).toEqual([expect.stringMatching(/excuses nothing any more/)]);
});

test('what a registry without audits answers is not a report', () => {
  expect(isReport(REPORT)).toBe(true);
  for (const answer of [
    null,
    {},
    { message: '405 Method Not Allowed', statusCode: 405 },
    { auditReportVersion: 2 },
  ])
    expect(isReport(answer)).toBe(false);
});
