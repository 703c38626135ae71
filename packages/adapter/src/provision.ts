/** How what a store needs (tables, topics, indices) comes to be; one for each adapter. */
export type Provision = {
  /** `start`: with every start of an installation; `operator`: by `admin cluster init` alone, since many machines share it. */
  by: 'start' | 'operator';
  /**
   * Creates or upgrades what is missing; may run again, and while the store is in use. Answers what it did, a line each. `only`: of
   * migrations by name these alone, where there are any.
   */
  prepare(url: string, only?: ReadonlySet<string>): Promise<string[]>;
  /** What is missing or of another version, a line each; none when the store can be used. Changes nothing. */
  check(url: string): Promise<string[]>;
};
