/**
 * `npm run check`: formatting, lint, doc comments, structure and types, beside one another. What each has to say is printed when it is done, in
 * one piece.
 */
import { spawn, spawnSync } from 'node:child_process';

const CHECKS: Record<string, string[]> = {
  formatting: ['prettier', '--check', '--log-level', 'warn', '.'],
  lint: ['eslint', '.'],
  'doc comments': ['tsx', 'test/doc-comments.ts'],
  structure: ['tsx', 'test/structure.ts', '--check'],
  'types of the site': ['svelte-check', '--tsconfig', './tsconfig.json', '--output', 'human'],
  'types of the camera': ['tsc', '-p', 'workers'],
  'types of the sealed frame': ['tsc', '-p', 'workers/frame'],
  licences: ['tsx', 'test/licences.ts'],
  'types of the tests': ['tsc', '-p', 'test'],
};

function check(title: string, args: string[]): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn('npx', args);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    child.on('close', (status) => {
      console.log(`${title}: ${status === 0 ? 'ok' : `FAILED\n${said.trim()}`}`);
      done(status === 0);
    });
  });
}

// Types need the messages.
const messages = spawnSync('npm', ['run', '--silent', 'messages'], { stdio: 'inherit' });
if (messages.status !== 0) process.exit(1);
const passed = await Promise.all(Object.entries(CHECKS).map(([title, args]) => check(title, args)));
process.exit(passed.every(Boolean) ? 0 : 1);
