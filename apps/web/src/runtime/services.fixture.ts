import { afterAll, beforeEach, vi } from 'vitest';
import { provideServices, type Services } from './services.ts';

const KEY = Symbol.for('footfall.web.services');

/** Before each test of a file the process has these services, made anew, and no others; what is asked of others fails. */
export function useFakeServices(make: () => object): void {
  beforeEach(() => provideServices(make() as Services));
  // Files share a process.
  afterAll(() => {
    delete (globalThis as { [KEY]?: unknown })[KEY];
  });
}

/** A log that only notes what it is told. */
export const fakeLog = () => ({ info: vi.fn(), warn: vi.fn(), error: vi.fn() });
