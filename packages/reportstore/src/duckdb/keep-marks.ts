import accessors from '@duckdb/node-api/lib/vectors/dataAccessors.js';

/**
 * DuckDB's client decodes each text as if it were a file: a U+FEFF at its begin would be taken off as a byte-order mark. It belongs to the
 * value, so the client gets a decoder that keeps it. Its library has no option for that; `stage.test.ts` shows that it holds.
 */
(accessors as { textDecoder: InstanceType<typeof TextDecoder> }).textDecoder = new TextDecoder('utf-8', {
  ignoreBOM: true,
});
