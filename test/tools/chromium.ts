/**
 * Finds a Chromium for tests, evaluation and benchmarks, or installs one where that is possible.
 *
 * Order: INCAM_CHROMIUM, a chromium or chrome on the PATH, a browser of Playwright's own. If none is there: Debian's
 * package when we are root on a Debian-like system, else Playwright's download. On failure, the message states the
 * manual remedy.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * Browser features that tests do without. The first two load the browser's own pages (the address bar's popup) into each new
 * window: 400 scripts, 2 s of processor time, at the very moment that a test starts a camera. A later list replaces an earlier
 * one on Chromium's command line, so the rest repeats what Playwright switches off.
 */
const DISABLED_FEATURES = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];

/** Flags that keep Chromium from sending requests of its own; no GL flags, because software GL slows video reads. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${DISABLED_FEATURES.join(',')}`,
];

/** WebGPU computed on the processor: right numbers, slowly. */
export const SOFTWARE_GPU = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
];

function onPath(name: string): string | undefined {
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : undefined;
}

function find(): string | undefined {
  const wished = process.env['INCAM_CHROMIUM'];
  if (wished) {
    if (existsSync(wished)) return wished;
    throw new Error(`INCAM_CHROMIUM names ${wished}, which does not exist.`);
  }
  for (const name of NAMES) {
    const path = onPath(name);
    if (path) return path;
  }
  const own = chromium.executablePath();
  return existsSync(own) ? own : undefined;
}

function install(): void {
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    console.log('incam: no Chromium found; installing the Debian package (apt-get install chromium) ...');
    const options = {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    } as const;
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'],
      options,
    );
    return;
  }
  console.log("incam: no Chromium found; fetching Playwright's own (npx playwright install chromium) ...");
  execFileSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'inherit' });
}

/**
 * @returns absolute path of a Chromium that can be started
 * @throws {Error} with instructions, when there is none and none could be installed
 */
export function ensureChromium(): string {
  const there = find();
  if (there) return there;
  let cause: unknown;
  try {
    install();
  } catch (error) {
    cause = error;
  }
  const now = find();
  if (now) return now;
  throw new Error(
    'incam needs Chromium for its browser tests and could not install it.\n' +
      'Install it by hand (Debian: apt-get install chromium; elsewhere: npx playwright install chromium)\n' +
      'or set INCAM_CHROMIUM to the path of a Chromium or Chrome.',
    { cause },
  );
}
