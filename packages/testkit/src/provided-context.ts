import 'vitest';

/** What the global set-up hands to every integration test. */
declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
    /** `kafka://127.0.0.1:<port>`; in the project `cluster` only, as are the next two. */
    kafkaUrl: string;
    /** `cassandra://127.0.0.1:<port>?dc=datacenter1`: tests put a keyspace of their own into its path. */
    cassandraUrl: string;
    /** `http://127.0.0.1:<port>` of Elasticsearch. */
    elasticsearchUrl: string;
  }
}
