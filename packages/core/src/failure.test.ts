import { describe, expect, it } from 'vitest';
import { checkAll, Failure, failures } from './failure.ts';

const failure = failures({ bad: { status: 400, retriable: false, remedy: 'mend it' } });
const fail = (where: string) => () => {
  throw failure('bad', `${where} is bad`, { where, values: { where } });
};

function thrown(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe('checks of one request', () => {
  it('answer what each answers', () => {
    expect(
      checkAll(
        () => 1,
        () => 'two',
      ),
    ).toEqual([1, 'two']);
  });

  it('fail together: the first, with all others beside it', () => {
    const error = thrown(() => checkAll(fail('a'), () => 1, fail('b'), fail('c'))) as Failure;
    expect(error).toBeInstanceOf(Failure);
    expect([error, ...error.also].map(({ where, message }) => [where, message])).toEqual([
      ['a', 'a is bad'],
      ['b', 'b is bad'],
      ['c', 'c is bad'],
    ]);
    const { code, status, remedy, values } = error;
    expect({ code, status, remedy, values }).toEqual({
      code: 'bad',
      status: 400,
      remedy: 'mend it',
      values: { where: 'a' },
    });
  });

  it('carry what others have collected', () => {
    const inner = () => checkAll(fail('b'), fail('c'));
    const error = thrown(() => checkAll(fail('a'), inner)) as Failure;
    expect([error, ...error.also].map(({ where }) => where)).toEqual(['a', 'b', 'c']);
  });

  it('let a bug through at once', () => {
    const bug = new TypeError('x');
    const break_ = () => {
      throw bug;
    };
    expect(thrown(() => checkAll(fail('a'), break_))).toBe(bug);
  });
});
