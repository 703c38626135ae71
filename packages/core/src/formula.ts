/**
 * What a spreadsheet would run as a formula: it begins with one of these signs, narrow or wide. Programs that read CSV drop blanks, line
 * ends and what cannot be seen before it. One that begins with quotes before such a sign gets one more, so that each can be taken off again.
 */
const FORMULA = /^'*(?:[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|[\t\r\n])/u;

/** A text of strangers as a cell of CSV may have it: with a quote in front where a spreadsheet would run it. */
export function quoteFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The text that {@link quoteFormula} made a cell of. */
export function unquoteFormula(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}
