import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../../../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const version = (path: string) => (JSON.parse(read(path)) as { version: string }).version;

/** From 1.0.0 on the package reports its usage to its maker every minute, without a switch to turn that off. */
describe('the MediaPipe package', () => {
  it('is exactly the last version without telemetry', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    expect(dependencies['@mediapipe/tasks-vision']).toBe('0.10.35');
    expect(version('node_modules/@mediapipe/tasks-vision/package.json')).toBe('0.10.35');
  });

  it('knows no address and no way to send unasked', () => {
    const bundle = read('node_modules/@mediapipe/tasks-vision/vision_bundle.mjs');
    expect(bundle.match(/https?:\/\/[^"'`\s]+|sendBeacon|WebSocket/g)).toBeNull();
  });
});
