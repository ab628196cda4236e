/**
 * `npm run scenes`: what the synthetic camera can do from the command line.
 *
 *   npm run scenes -- sheet <name> [seed] [count]   contact sheets of people, for looking at them
 */
import { renderSheet } from './tools/sheets.ts';

const [command, name, seed, count] = process.argv.slice(2);
switch (command) {
  case 'sheet':
    await renderSheet(name ?? 'people', Number(seed ?? 1), Number(count ?? 12));
    break;
  default:
    console.error(`Unknown command "${command ?? ''}". There are: sheet.`);
    process.exitCode = 2;
}
