/** `npm run time-lapse`: simulates the day that case 2 shows, and writes what left the camera to where the page reads it. */
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { dayOf } from './day.ts';

const FILE = 'src/cases/trajectories/time-lapse.json';

const day = dayOf();
const text = `${JSON.stringify(day)}\n`;
writeFileSync(FILE, text);
console.log(
  `${FILE}: ${day.visitors.at(-1)} visitors, ${day.records.length} records, ${gzipSync(text).length} bytes compressed`,
);
