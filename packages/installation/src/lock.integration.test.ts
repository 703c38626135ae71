import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { tryLock } from './lock.ts';

test('a holder that is killed leaves it free', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'footfall-lock-'));
  const file = path.join(folder, 'lock');
  const module = new URL('./lock.ts', import.meta.url).href;
  const program = `import { tryLock } from ${JSON.stringify(module)};
    globalThis.kept = tryLock(${JSON.stringify(file)}, 'supervisor');
    console.log('held');
    setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  expect(tryLock(file, 'admin')).toBeNull();
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const lock = tryLock(file, 'admin');
  expect(lock).not.toBeNull();
  lock?.release();
  rmSync(folder, { recursive: true });
});
