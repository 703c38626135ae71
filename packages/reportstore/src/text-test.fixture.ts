import { foldCase } from '@footfall/core/case';
import { pagePattern } from '@footfall/core/page-pattern';
import { RE2JS } from 're2js';
import type { Match } from './resolve.ts';
import { storable } from './sql/columns.ts';

/** Whether a text meets a condition, tried out one by one in JavaScript: what engines are compared with. */
export function createTextTest({ op, values, caseSensitive }: Match): (text: string) => boolean {
  const fold = (text: string) => (caseSensitive ? text : foldCase(text));
  const compile = (value: string): ((text: string) => boolean) => {
    switch (op) {
      case 'matches': {
        const pattern = RE2JS.compile(value, caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE);
        return (text) => pattern.matcher(text).find();
      }
      case 'glob': {
        const pattern = new RegExp(pagePattern(value), 's');
        return (text) => pattern.test(text);
      }
      case 'is':
        return (text) => fold(text) === fold(value);
      case 'contains':
        return (text) => fold(text).includes(fold(value));
    }
  };
  const tests = values.map(storable).map(compile);
  return (text) => tests.some((test) => test(text));
}
