/** Letters that group thousands in some language: blanks of every kind, apostrophes. */
const GROUPING = /[\s\u00a0\u2009\u202f'’]/g;
const THOUSANDS = /^-?\d{1,3}(?:[.,]\d{3})+$/;
const CLOCK = /^(?:(\d+):)?(\d{1,2}):(\d{2})(?:[.,]\d+)?$/;

function toNumber(text: string): number | null {
  const number = Number(text);
  return text !== '' && Number.isFinite(number) && number >= 0 && number <= Number.MAX_SAFE_INTEGER
    ? number
    : null;
}

/** Takes out the sign that groups thousands and makes a point of the other. */
function withPoint(text: string, decimal: '.' | ','): string {
  return text.replaceAll(decimal === ',' ? '.' : ',', '').replace(decimal, '.');
}

/**
 * A count, as GA4 writes it (`1234`) or as a spreadsheet of any language made of it (`1,234`, `1.234`, `1 234`): a count has no places,
 * so three digits behind a sign are thousands whatever the sign. An empty cell is 0, null for what is not a count.
 */
export function parseGa4Count(cell: string): number | null {
  const text = cell.replace(GROUPING, '');
  if (text === '') return 0;
  if (THOUSANDS.test(text)) return toNumber(text.replace(/[.,]/g, ''));
  const last = text.lastIndexOf(',') > text.lastIndexOf('.') ? ',' : '.';
  return toNumber(withPoint(text, last));
}

/**
 * A mean or a share: GA4 writes it with a point in all languages (`53.870588`), people and spreadsheets as in theirs (`53,87`, `1.234,56`).
 * A time of the day is seconds (`00:01:05`), a percentage what it is of (`67,8%` is 0.678). An empty cell is 0, what is none null.
 */
export function parseGa4Mean(cell: string, decimal: '.' | ','): number | null {
  const text = cell.replace(GROUPING, '');
  if (text === '') return 0;
  const [clock, hours = '0', minutes = '0', seconds = '0'] = CLOCK.exec(text) ?? [];
  if (clock !== undefined) return Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  if (text.endsWith('%')) {
    const share = parseGa4Mean(text.slice(0, -1), decimal);
    return share === null ? null : share / 100;
  }
  const [commas, points] = [text.split(',').length - 1, text.split('.').length - 1];
  if (commas > 0 && points > 0) {
    return toNumber(withPoint(text, text.lastIndexOf(',') > text.lastIndexOf('.') ? ',' : '.'));
  }
  if (commas === 0) return toNumber(points > 1 ? text.replaceAll('.', '') : text);
  return toNumber(commas > 1 || decimal === '.' ? text.replaceAll(',', '') : text.replace(',', '.'));
}
