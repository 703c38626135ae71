import { QUERY_FAILURES } from '@footfall/core/query/errors';
import { EMBED_FAILURES } from '@footfall/embed/token/errors';
import { describe, expect, it } from 'vitest';
import { API_FAILURES } from '#api/errors.ts';
import {
  CODES_BY_STATUS,
  FAILURE_CODES,
  FAILURE_MEANINGS,
  failureResponses,
  failureSchemas,
} from './failures.ts';

describe('the failures of the API as its document has them', () => {
  it.each(Object.entries({ ...QUERY_FAILURES, ...API_FAILURES, ...EMBED_FAILURES }))(
    'have %s under its status',
    (code, { status }) => {
      expect(CODES_BY_STATUS.get(status)).toContain(code);
    },
  );

  it('have each code once', () => {
    const listed = [...CODES_BY_STATUS.values()].flat();
    expect(listed.toSorted()).toEqual(FAILURE_CODES.toSorted());
    expect(new Set(listed).size).toBe(listed.length);
  });

  it('are in the order of their statuses, so that the document does not move by chance', () => {
    const statuses = [...CODES_BY_STATUS.keys()];
    expect(statuses).toEqual(statuses.toSorted((one, other) => one - other));
  });

  it('have a meaning of their own each, which is a phrase and not a sentence', () => {
    const meanings = Object.values(FAILURE_MEANINGS);
    expect(new Set(meanings).size).toBe(meanings.length);
    expect(meanings.filter((text) => !/^[^.]*[^.\s]$|;|site_id/.test(text) || text.endsWith('.'))).toEqual(
      [],
    );
  });

  it('have a schema a status, which lists its codes and lets the place be absent', () => {
    for (const [status, codes] of CODES_BY_STATUS) {
      const schema = failureSchemas[`Failure${status}`] as {
        properties: { error: { required: string[]; properties: { code: { oneOf: { const: string }[] } } } };
      };
      const { error } = schema.properties;
      expect(error.properties.code.oneOf.map((one) => one.const)).toEqual(codes);
      expect(error.required).toEqual(['code', 'message']);
    }
  });
});

describe('the responses of an operation', () => {
  it('point to the schemas of their statuses', () => {
    const responses = failureResponses([400, 404]);
    expect(Object.keys(responses)).toEqual(['400', '404']);
    expect(responses).toMatchObject({
      400: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure400' } } } },
    });
  });

  it('have a description for every status that there is', () => {
    const all = failureResponses([...CODES_BY_STATUS.keys()]);
    expect(Object.values(all).filter(({ description }) => typeof description !== 'string')).toEqual([]);
  });

  it.each([
    [400, false],
    [401, false],
    [429, true],
    [500, false],
    [503, true],
  ])('of %d promise Retry-After: %s', (status, promised) => {
    expect('headers' in (failureResponses([status])[String(status)] ?? {})).toBe(promised);
  });
});
