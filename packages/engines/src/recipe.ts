/** The engines by name. */
export const ENGINE_NAMES = ['kafka', 'cassandra', 'elasticsearch'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/**
 * How Java compiles and collects: `quick` with half the CPU to start, for engines that live as long as a test run; `steady` as
 * in production, for what is measured and what stays up.
 */
export type Tuning = 'quick' | 'steady';

/** Which Java runs an engine, and what people install to have one. */
export type JavaNeed = {
  /** Major versions, both included. */
  lowest: number;
  highest: number;
  /** Its compiler too. */
  compiler: boolean;
  debian: string;
  homebrew: string;
};

/** Where one running engine has its things; all paths are absolute. */
export type Place = {
  /** What Maven brought: shared by all engines of this name, never written to. */
  jars: string;
  config: string;
  data: string;
  /** Clients' port; the engine uses the next one for itself. */
  port: number;
  /** As Java writes sizes: `384m`. */
  heap: string;
};

/** How one engine comes to run from its jars: all that differs between them. */
export type Recipe = {
  title: string;
  /** The variable of Footfall that takes its URL. */
  variable: string;
  java: JavaNeed;
  heap: string;
  /** Templates of the recipe's folder that are filled in anew for every start. */
  templates: readonly string[];
  /** Makes of Maven's jars what more is needed, in place; `sources` is the recipe's folder. */
  build?: (jars: string, tools: { jdk: string; sources: string }) => Promise<void>;
  /** What must run to its end before the first start, as arguments of Java; null when it has. */
  format?: (place: Place) => readonly string[] | null;
  /** The engine itself, as arguments of Java. */
  run: (place: Place, sources: string) => readonly string[];
  /** Whether it serves clients now; one question, no waiting. */
  isReady: (port: number) => Promise<boolean>;
  url: (port: number) => string;
};
