// A program for tests of what keeps programs running. Its arguments say how it behaves, one after the other.
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [life, ...ways] = process.argv.slice(2);
appendFileSync(life, `${process.pid}\n`);

const server = createServer((_, response) => {
  response.writeHead(ways.includes('unready') ? 503 : 200).end();
});

const WAYS = {
  serve: () =>
    server.listen(0, '127.0.0.1', () => process.send?.({ type: 'ready', port: server.address().port })),
  unready: () => undefined,
  talk: () => process.stdout.write('{"level":"info","msg":"hello"}\nplain words\n'),
  warn: () => process.stdout.write('{"level":"warn","msg":"the log is away","err":{"message":"refused"}}\n'),
  cry: () => process.stderr.write('something broke\n'),
  fail: () => process.exit(3),
  stubborn: () => process.on('SIGTERM', () => process.stdout.write('{"level":"info","msg":"no"}\n')),
  // A child that would be left behind, and keeps the pipe of its parent open.
  parent: () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    appendFileSync(life, `${child.pid}\n`);
  },
};
for (const way of ways) WAYS[way]();
