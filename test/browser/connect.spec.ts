/**
 * `npm run bench -- --connect`: the suite driven in a browser elsewhere, through a Playwright server and through a
 * Selenium Grid. The Grid is played by a small server that speaks the two requests of WebDriver that matter; everything
 * behind them is the real thing.
 */
import { chromium, expect, test } from '@playwright/test';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Wished } from '../../src/benchmark/link.ts';
import { parseReports } from '../../src/benchmark/report.ts';
import { openBrowser } from '../bench/on-page.ts';
import { CHROMIUM_ARGS, ensureChromium } from '../tools/chromium.ts';

test.setTimeout(240_000);

const TINY: Wished = { cases: ['counting'], engines: ['wasm-1'], longSides: [320], frames: 3, rounds: 1 };

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'incam-'));
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(TINY));
});
test.afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the command as its user would, and gives back what it printed and how it ended. */
async function bench(...args: string[]) {
  const command = ['--import', 'tsx', 'test/bench/cli.ts', '--plan', join(folder, 'plan.json'), ...args];
  const child = spawn(process.execPath, command);
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const code = await new Promise<number | null>((ended) => child.once('close', ended));
  return { code, said };
}

async function expectReport(connect: string, url: string) {
  const out = join(folder, 'report.json');
  const { code, said } = await bench('--connect', connect, '--url', url, '--out', out);
  expect(code, said).toBe(0);
  const [report] = parseReports(readFileSync(out, 'utf8'));
  expect(report?.runs.flat().map(({ frames, fault }) => ({ frames, fault }))).toEqual([
    { frames: 3, fault: undefined },
  ]);
  expect(report?.idle.map(({ threads }) => threads)).toEqual([1, 1]);
  expect(said).toMatch(/the machine was (not )?idle/i);
}

test('a Playwright server measures for us', async ({ baseURL }) => {
  const server = await chromium.launchServer({ executablePath: ensureChromium(), args: CHROMIUM_ARGS });
  try {
    await expectReport(server.wsEndpoint(), baseURL!);
  } finally {
    await server.close();
  }
});

test('a Selenium Grid lends a browser, which is given back', async ({ baseURL }) => {
  const asked: string[] = [];
  const node = await chromium.launch({
    executablePath: ensureChromium(),
    args: [...CHROMIUM_ARGS, '--remote-debugging-port=9334'],
  });
  const grid = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume();
    void fetch('http://127.0.0.1:9334/json/version')
      .then((answer) => answer.json())
      .then(({ webSocketDebuggerUrl: cdp }: { webSocketDebuggerUrl: string }) => {
        response.setHeader('Content-Type', 'application/json');
        const capabilities = { browserName: 'chrome', 'se:cdp': cdp };
        response.end(JSON.stringify({ value: { sessionId: 'lent', capabilities } }));
      });
  });
  await new Promise<void>((ready) => grid.listen(0, '127.0.0.1', ready));
  try {
    await expectReport(`http://127.0.0.1:${(grid.address() as AddressInfo).port}/wd/hub`, baseURL!);
    expect(asked).toEqual(['POST /wd/hub/session', 'DELETE /wd/hub/session/lent']);
  } finally {
    grid.close();
    await node.close();
  }
});

for (const { says, connect, message } of [
  {
    says: 'an address of another kind',
    connect: 'ftp://farm',
    message: /neither ws:\/\/ nor http:\/\/.*ftp:\/\/farm/,
  },
  { says: 'nobody there', connect: 'ws://127.0.0.1:9/', message: /ECONNREFUSED/ },
]) {
  test(`${says} is said to be so`, async () => {
    await expect(openBrowser(connect)).rejects.toThrow(message);
  });
}
