import { expect, test } from 'vitest';
import { buildQuestion, partsFor, resolveBasis } from './basis.ts';
import { buildQuery } from './query.fixture.ts';

const question = (dimensions: string[], ...filters: unknown[]) =>
  buildQuestion('page', buildQuery({ metrics: ['exit_rate'], dimensions, filters }), ['pageviews']);
const names = ({ dimensions }: ReturnType<typeof question>) => dimensions.map(({ name }) => name);

test.each([
  [['visit:exit_page'], 'page'],
  [['time:day', 'visit:exit_page', 'visit:source'], 'page'],
  [['event:page'], 'group'],
  [['event:page', 'visit:exit_page'], 'group'],
  [['visit:entry_page'], 'group'],
  [[], 'group'],
])('by %j exits are of the basis %s', (dimensions, basis) => {
  expect(resolveBasis('page', buildQuery({ dimensions }).dimensions)).toBe(basis);
});

test('other dimensions stay where they are', () => {
  expect(names(question(['visit:source', 'visit:exit_page']))).toEqual(['visit:source', 'event:page']);
});

test('a filter on the exit page keeps the pageviews of that page, wherever their visits end', () => {
  const exit = (op: string) => [op, 'visit:exit_page', ['/b']];
  const page = (op: string) => [op, 'event:page', ['/b']];
  for (const [asked, wanted] of [
    [exit('is'), page('is')],
    [exit('is_not'), page('is_not')],
    [exit('contains'), page('contains')],
    [
      ['not', ['or', [exit('is'), ['is', 'visit:source', ['x']]]]],
      ['not', ['or', [page('is'), ['is', 'visit:source', ['x']]]]],
    ],
    [
      ['has_done', exit('is')],
      ['has_done', exit('is')],
    ],
  ])
    expect(question(['visit:exit_page'], asked).filter).toEqual(
      buildQuery({ filters: [wanted] }).filters.facts,
    );
});

test('parts are asked for where they are needed, once', () => {
  const by = (name: string) => buildQuery({ dimensions: [name] });
  expect(partsFor('group', ['exit_rate', 'percentage'], by('event:page'))).toEqual([
    'exits',
    'pageviews',
    'visitors',
  ]);
  expect(partsFor('group', ['exit_rate'], by('visit:exit_page'))).toEqual(['exits']);
  expect(partsFor('page', ['exit_rate', 'visitors'], by('visit:exit_page'))).toEqual(['pageviews']);
  expect(partsFor('total', ['percentage', 'visitors'], by('visit:exit_page'))).toEqual(['visitors']);
});
