// @ts-check

/**
 * @typedef {{ package: string, advisory: string, reason: string, until: string }} Exception
 *   An advisory (`GHSA-…`) of a package that does not fail the audit, for a reason, up to a day (`2027-01-31`, that day included).
 * @typedef {{ package: string, advisory: string, severity: string, title: string, url: string }} Advisory
 * @typedef {{ refused: Advisory[], excused: (Advisory & { exception: Exception })[], problems: string[] }} Verdict
 *   `problems` are of the list of exceptions itself.
 */

const FAILING = ['high', 'critical'];

const ADVISORY = /^GHSA(-[23456789cfghjmpqrvwx]{4}){3}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** An exception is looked at again after this long at the latest, days. */
const MOST_DAYS = 180;

/** @param {unknown} value */
const isText = (value) => typeof value === 'string' && value.trim() !== '';

/**
 * @param {string} day
 * @param {string} today
 */
const daysBetween = (day, today) => (Date.parse(day) - Date.parse(today)) / 86_400_000;

/**
 * What is wrong with an exception, in words; null when nothing is.
 * @param {Exception} exception
 * @param {string} today
 */
function findProblem({ package: name, advisory, reason, until }, today) {
  const which = `the exception for ${name ?? '?'} ${advisory ?? '?'}`;
  if (!isText(name) || !isText(reason)) return `${which} lacks a package or a reason`;
  if (!ADVISORY.test(advisory)) return `${which} names no advisory such as GHSA-jf85-cpcp-j695`;
  if (!DAY.test(until) || Number.isNaN(Date.parse(until))) return `${which} has no day such as 2027-01-31`;
  const left = daysBetween(until, today);
  if (left < 0) return `${which} ended on ${until}: update the package, or look at it again`;
  if (left > MOST_DAYS) return `${which} is for more than ${MOST_DAYS} days`;
  return null;
}

/**
 * The advisories of what `npm audit --json` answers, each once, high and critical ones alone.
 * @param {any} report
 * @returns {Advisory[]}
 */
function listAdvisories(report) {
  /** @type {Map<string, Advisory>} */
  const found = new Map();
  for (const { via } of Object.values(report.vulnerabilities))
    for (const cause of via) {
      // A text names another package of the report, which has the cause.
      if (typeof cause === 'string' || !FAILING.includes(cause.severity)) continue;
      const { name, severity, title, url } = cause;
      const advisory = String(url).split('/').at(-1) ?? '';
      found.set(`${name} ${advisory}`, { package: name, advisory, severity, title, url });
    }
  return [...found.values()];
}

/**
 * Whether an answer of `npm audit --json` is a report: a registry that knows no advisories answers with an error.
 * @param {any} report
 */
export const isReport = (report) =>
  report?.auditReportVersion === 2 &&
  typeof report.vulnerabilities === 'object' &&
  report.vulnerabilities !== null;

/**
 * What is wrong with a list of exceptions; that needs no registry.
 * @param {readonly Exception[]} exceptions
 * @param {string} today a day such as 2027-01-31
 * @returns {string[]}
 */
export const checkExceptions = (exceptions, today) =>
  exceptions.flatMap((exception) => findProblem(exception, today) ?? []);

/**
 * What of a report fails, and what an exception excuses. An exception for what is not there any more is a problem, too: it would excuse
 * the package when it comes back.
 * @param {any} report
 * @param {readonly Exception[]} exceptions
 * @param {string} today
 * @returns {Verdict}
 */
export function judge(report, exceptions, today) {
  const advisories = listAdvisories(report);
  /** @param {Pick<Advisory, 'package' | 'advisory'>} one */
  const find = (one) =>
    exceptions.find((each) => each.package === one.package && each.advisory === one.advisory);
  const excused = advisories.flatMap((one) => {
    const exception = find(one);
    return exception === undefined ? [] : [{ ...one, exception }];
  });
  const idle = exceptions.filter(
    (each) => !advisories.some((one) => each.package === one.package && each.advisory === one.advisory),
  );
  return {
    refused: advisories.filter((one) => find(one) === undefined),
    excused,
    problems: [
      ...checkExceptions(exceptions, today),
      ...idle.map((each) => `the exception for ${each.package} ${each.advisory} excuses nothing any more`),
    ],
  };
}
