/** The built folder on hosts as people have them: below any path, with no header at all, behind nginx and behind Caddy. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { HOST_FILES } from '../../build/host-files.ts';
import { openSite } from '../site/watch.ts';
import { plainHost } from './attacks/hosts.ts';

const DIST = resolve(import.meta.dirname, '../../dist');
const QUICK = { backend: 'wasm', threads: 1, size: '320x192' } as const;

/** Runs case 4 until pictures have been destroyed. */
async function expectRuns(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start', exact: true }).first().click({ timeout: 30_000 });
  await expect(page.locator('.destroyed .figure')).not.toHaveText('0', { timeout: 60_000 });
}

for (const file of ['', 'index.html']) {
  test(`below /a/b/${file} of a host that sets no header, and asks for nothing above it`, async ({
    page,
  }) => {
    const host = await plainHost('a/b');
    try {
      await openSite(page, `${host.url}${file}`, 'counting', QUICK);
      await expectRuns(page);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      await page.goto(`${host.url}${file}#/about`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const addresses = host.asked.map((line) => line.split(' ')[1]!);
      expect(addresses).toContain('/a/b/service-worker.js');
      expect(addresses.filter((address) => !address.startsWith('/a/b/'))).toEqual([]);
    } finally {
      await host.close();
    }
  });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}

/** A server as people install it; `configure` writes its configuration into a folder and says how it is started. */
interface Server {
  readonly name: string;
  readonly variable: string;
  configure(folder: string, site: string, port: number): string[];
}

const NGINX: Server = {
  name: 'nginx',
  variable: 'INCAM_NGINX',
  configure(folder, site, port) {
    const server = readFileSync(join(DIST, 'hosts/container.conf'), 'utf8')
      .replace('listen 8080;', `listen 127.0.0.1:${port};`)
      .replace('/usr/share/nginx/html', site);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((name) => `${name}_temp_path ${folder}/${name};`)
      .join(' ');
    writeFileSync(
      join(folder, 'nginx.conf'),
      // Debian's own list of types comes first, as on a real host: the site's takes its place.
      `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log; events {}\n` +
        `http { access_log off; ${temporary} types { text/html html; application/octet-stream js wasm; }\n${server}}\n`,
    );
    return ['-c', join(folder, 'nginx.conf'), '-p', folder, '-e', join(folder, 'error.log')];
  },
};

const CADDY: Server = {
  name: 'caddy',
  variable: 'INCAM_CADDY',
  configure(folder, site, port) {
    writeFileSync(
      join(folder, 'Caddyfile'),
      `{\n\tadmin off\n\tauto_https off\n}\nhttp://localhost:${port} {\n\troot * ${site}\n\timport ${join(DIST, 'hosts/Caddyfile')}\n\tfile_server\n}\n`,
    );
    return ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')];
  },
};

/** Path of a server that is installed. */
function installed({ name, variable }: Server): string | undefined {
  const wished = process.env[variable];
  if (wished) return existsSync(wished) ? wished : undefined;
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : undefined;
}

for (const server of [NGINX, CADDY]) {
  test(`behind ${server.name}, with the file that the build wrote`, async ({ page }) => {
    const path = installed(server);
    test.skip(!path, `there is no ${server.name}; install it, or name it in ${server.variable}`);
    const folder = mkdtempSync(join(tmpdir(), 'incam-host-'));
    const site = join(folder, 'site');
    cpSync(DIST, site, { recursive: true });
    const port = await freePort();
    const running = spawn(path!, server.configure(folder, site, port), { stdio: 'pipe' });
    let said = '';
    for (const stream of [running.stdout, running.stderr])
      stream.on('data', (data: Buffer) => (said += data.toString()));
    const gone = new Promise((done) => running.once('exit', done));
    try {
      const base = `http://localhost:${port}/`;
      await expect
        .poll(
          () =>
            fetch(base).then(
              (answer) => answer.status,
              () => 0,
            ),
          { message: said, timeout: 10_000 },
        )
        .toBe(200);
      const wanted = HOST_FILES['_headers']!.read(readFileSync(join(DIST, '_headers'), 'utf8'));
      expect(Object.keys(wanted).length).toBeGreaterThan(6);
      for (const address of ['', 'service-worker.js', 'models/registry.json', 'there-is-no-such-file']) {
        const { headers } = await fetch(base + address);
        const sent = Object.fromEntries(Object.keys(wanted).map((name) => [name, headers.get(name)]));
        expect(sent, address).toEqual(wanted);
      }
      await openSite(page, base, 'counting', QUICK);
      await expectRuns(page);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      // Isolated by the headers: no service worker had to help.
      expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(
        0,
      );
    } finally {
      running.kill();
      await gone;
      rmSync(folder, { recursive: true });
    }
  });
}
