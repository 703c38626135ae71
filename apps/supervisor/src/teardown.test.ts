import { expect, test } from 'vitest';
import { Teardown } from './teardown.ts';

const fail = (error: unknown) => {
  throw error;
};

test('stops the last started first', async () => {
  const stopped: string[] = [];
  const teardown = new Teardown();
  for (const name of ['postgres', 'web', 'collector']) teardown.add(() => void stopped.push(name));
  await teardown.run(fail);
  expect(stopped).toEqual(['collector', 'web', 'postgres']);
});

test('waits for each before the next', async () => {
  const events: string[] = [];
  const teardown = new Teardown();
  teardown.add(() => void events.push('postgres stops'));
  teardown.add(async () => {
    events.push('collector drains');
    await new Promise((resolve) => setImmediate(resolve));
    events.push('collector drained');
  });
  await teardown.run(fail);
  expect(events).toEqual(['collector drains', 'collector drained', 'postgres stops']);
});

test('a step that fails is reported and keeps no other from running', async () => {
  const errors: unknown[] = [];
  const stopped: string[] = [];
  const teardown = new Teardown();
  teardown.add(() => void stopped.push('postgres'));
  teardown.add(() => Promise.reject(new Error('stuck')));
  await teardown.run((error) => errors.push(error));
  expect(stopped).toEqual(['postgres']);
  expect(errors).toEqual([new Error('stuck')]);
});

test('runs once, however often it is asked', async () => {
  let stops = 0;
  const teardown = new Teardown();
  teardown.add(() => {
    stops += 1;
  });
  await Promise.all([teardown.run(fail), teardown.run(fail)]);
  await teardown.run(fail);
  expect(stops).toBe(1);
});
