import 'vitest';

/** What the global set-up hands to every integration test. */
declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}
