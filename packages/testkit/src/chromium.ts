import { execFileSync } from 'node:child_process';

/** The Chromium on the PATH; undefined where there is none, and Playwright then uses the one that it downloaded. */
export function installedChromium(): string | undefined {
  try {
    const script = 'command -v chromium || command -v chromium-browser || command -v google-chrome';
    return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trim();
  } catch {
    // None of them: `command` says so by failing.
    return undefined;
  }
}
