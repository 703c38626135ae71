import WORDS from '../data/system-errors.json' with { type: 'json' };

const words: Readonly<Record<string, string>> = WORDS;

/** What a code of the system says of a file or folder, in words; the code itself where it is none of those that files have. */
export function fileWords(code: string): string {
  return words[code] ?? code;
}

/**
 * What the system refused to do with a file, as one line: which one, why, the code. Undefined for all that is not such an error.
 * Failed writes do not say which file was meant; see {@link namingFile}.
 */
export function fileProblem(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined || !Object.hasOwn(words, code)) return undefined;
  // A program or a socket that is not there has these codes, too.
  if (/^(spawn|connect|listen|bind|kill|getaddrinfo)/.test(syscall)) return undefined;
  return `${path === undefined ? '' : `${path}: `}${words[code]} (${code})`;
}

/** Runs `work`; an error of the system that names no file, as those of writing do, names `file` from then on. */
export async function namingFile<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && 'syscall' in error && !('path' in error))
      Object.assign(error, { path: file });
    throw error;
  }
}
