import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { serviceEnvironment } from '@footfall/config/config';
import { selfSigned } from '@footfall/testkit/certificate';

/** A reverse proxy as docs/operating.md sets it up, at a port of this machine. */
export type ProxyKind = 'nginx' | 'caddy';
export type RunningProxy = { stop(): Promise<void> };

/** Where the proxy listens, and what is behind it. */
export type ProxyPorts = { proxy: number; portal: number; collector: number; shop: number };

const LANGUAGES: Readonly<Record<ProxyKind, string>> = { nginx: 'nginx', caddy: 'caddyfile' };

/** The settings in docs/operating.md, word by word. */
async function readDocs(kind: ProxyKind): Promise<string> {
  const docs = await readFile(new URL('../../docs/operating.md', import.meta.url), 'utf8');
  const [, block] = new RegExp(`^\`\`\`${LANGUAGES[kind]}\\n(.*?)^\`\`\``, 'ms').exec(docs) ?? [];
  if (block === undefined) throw new Error(`docs/operating.md has no settings for ${kind}`);
  return block;
}

/** The settings with other ports; each of those in the docs must be there, or this replaces nothing. */
function replaceAll(settings: string, replacements: Readonly<Record<string, string>>): string {
  return Object.entries(replacements).reduce((done, [from, to]) => {
    if (!done.includes(from)) throw new Error(`the settings of docs/operating.md do not have ${from}`);
    return done.replaceAll(from, to);
  }, settings);
}

const behind = ({ portal, collector, shop }: ProxyPorts) => ({
  '127.0.0.1:3000': `127.0.0.1:${portal}`,
  '127.0.0.1:3001': `127.0.0.1:${collector}`,
  '127.0.0.1:8080': `127.0.0.1:${shop}`,
});

/** Settings around those of the docs: everything in one folder, nothing in the background. */
function nginxFrame(folder: string): string {
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const temporary = paths.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  return `${user} daemon off; pid ${folder}/pid; error_log ${folder}/error.log; worker_processes 1;
events {}
http { access_log off; ${temporary} include ${folder}/footfall.conf; }`;
}

type Program = { command: string; args: readonly string[] };

/** Writes what each proxy is started with; `more` are further servers. */
const PREPARE: Readonly<
  Record<ProxyKind, (folder: string, ports: ProxyPorts, more: string) => Promise<Program>>
> = {
  nginx: async (folder, ports, more) => {
    const { cert, key } = selfSigned('example.com');
    await writeFile(path.join(folder, 'fullchain.pem'), cert);
    await writeFile(path.join(folder, 'privkey.pem'), key);
    const settings = replaceAll((await readDocs('nginx')) + more, {
      'listen 443 ssl;': `listen 127.0.0.1:${ports.proxy} ssl;`,
      '/etc/ssl/example.com': folder,
      ...behind(ports),
    });
    await writeFile(path.join(folder, 'footfall.conf'), settings);
    await writeFile(path.join(folder, 'nginx.conf'), nginxFrame(folder));
    return { command: 'nginx', args: ['-p', folder, '-c', path.join(folder, 'nginx.conf')] };
  },
  caddy: async (folder, ports) => {
    const hosts = ['stats', 'in', 'shop'].map((name) => `${name}.example.com {`);
    const settings = replaceAll(await readDocs('caddy'), {
      ...Object.fromEntries(
        hosts.map((host) => [host, `${host.slice(0, -2)}:${ports.proxy} {\n\ttls internal`]),
      ),
      ...behind(ports),
    });
    const frame = `{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n\tstorage file_system ${folder}\n}\n`;
    const file = path.join(folder, 'Caddyfile');
    await writeFile(file, frame + settings);
    return { command: 'caddy', args: ['run', '--config', file, '--adapter', 'caddyfile'] };
  },
};

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const answer = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return answer;
}

async function waitUntilListening(child: ChildProcess, port: number): Promise<void> {
  for (const deadline = Date.now() + 15_000; !(await listens(port)); ) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('the proxy does not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * Starts a proxy with the settings of docs/operating.md. One that does not start fails the test.
 * @param more servers of nginx besides
 */
export async function startProxy(kind: ProxyKind, ports: ProxyPorts, more = ''): Promise<RunningProxy> {
  const folder = await mkdtemp(path.join(tmpdir(), `footfall-${kind}-`));
  await mkdir(path.join(folder, 'home'));
  const { command, args } = await PREPARE[kind](folder, ports, more);
  const inherited = serviceEnvironment({});
  // Servers are where the path of an ordinary user does not look.
  const env = { ...inherited, PATH: `${inherited.PATH}:/usr/sbin`, HOME: path.join(folder, 'home') };
  const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const failed = once(child, 'error').then(([error]: Error[]) => {
    throw error;
  });
  const said = child.stderr === null ? Promise.resolve('') : text(child.stderr);
  const exit = once(child, 'exit');
  const stop = async () => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await exit;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await Promise.race([waitUntilListening(child, ports.proxy), failed]);
  } catch (cause) {
    child.kill('SIGKILL');
    throw new Error(`${command} does not start: ${await said}`, { cause });
  }
  failed.catch(() => undefined);
  return { stop };
}

export type Sent = { status: number; location: string | undefined; body: string };

/** Sends a request to a host behind the proxy, from an address of this machine. */
export async function sendFrom(
  localAddress: string,
  to: URL,
  { body, headers = {} }: { body?: string; headers?: Record<string, string> } = {},
): Promise<Sent> {
  const { promise, resolve, reject } = Promise.withResolvers<Sent>();
  const asked = request(
    {
      host: '127.0.0.1',
      port: to.port,
      servername: to.hostname,
      path: to.pathname + to.search,
      method: body === undefined ? 'GET' : 'POST',
      localAddress,
      headers: { host: to.host, ...headers },
      rejectUnauthorized: false,
      agent: false,
    },
    (response) => {
      const { statusCode: status = 0, headers: answered } = response;
      text(response).then((said) => resolve({ status, location: answered.location, body: said }), reject);
    },
  );
  asked.on('error', reject).end(body);
  return promise;
}
