/** `npm run models`: see models/README.md. */
import { buildAll } from './build/all.ts';
import { readCards } from './build/cards.ts';
import { FetchError } from './build/fetch.ts';
import { install, uninstall } from './build/install.ts';
import { PLACES } from './build/paths.ts';
import { megabytes, progressOf } from './build/progress.ts';
import { serveRuntime } from './build/runtime.ts';
import { verify } from './build/verify.ts';
import type { OptionalCard, Registry } from './registry.ts';

const HELP = `npm run models                  make all models whose source is here, and the registry
npm run models -- list          what there is
npm run models -- add <id> ...  fetch optional models (from INCAM_MODEL_DIR, if that is set, else from the net)
npm run models -- remove <id> ...
npm run models -- verify        compare the served files with the registry

INCAM_RUNTIME=published         serve ONNX Runtime Web as published, see models/runtime/README.md`;

async function build(): Promise<Registry> {
  const { file, kernels, asWanted } = await serveRuntime(PLACES);
  if (!asWanted) console.log(`${file} is not the one that models/runtime knows: served without its kernels`);
  else if (kernels === 'published') console.log(`${file}: as published (INCAM_RUNTIME)`);
  return buildAll((card, { bytes }) => console.log(`made ${card.id} (${megabytes(bytes)} MB)`));
}

async function optionalCards(ids: readonly string[]): Promise<OptionalCard[]> {
  const optional = (await readCards()).filter((card) => card.tier === 'optional');
  const names = optional.map((card) => card.id).join(', ');
  if (ids.length === 0) throw new Error(`Which model? ${names}`);
  return ids.map((id) => {
    const card = optional.find((each) => each.id === id);
    if (!card) throw new Error(`There is no optional model "${id}". There are: ${names}`);
    return card;
  });
}

async function add(ids: readonly string[]): Promise<void> {
  const folder = process.env['INCAM_MODEL_DIR'] || undefined;
  for (const card of await optionalCards(ids)) {
    const from = await install(card, PLACES, folder, { progress: progressOf(card.id, process.stderr) });
    if (from === 'there') console.log(`${card.id} is installed already`);
  }
  await build();
}

async function remove(ids: readonly string[]): Promise<void> {
  for (const card of await optionalCards(ids)) await uninstall(card, PLACES);
  await build();
}

async function list(): Promise<void> {
  const { models } = await build();
  for (const { id, tier, title, facts, ...card } of models) {
    const size = facts
      ? `${megabytes(facts.bytes)} MB`
      : 'bytes' in card.source
        ? `not installed, ${megabytes(card.source.bytes)} MB`
        : 'not installed';
    console.log(`${id.padEnd(28)} ${tier.padEnd(9)} ${size.padEnd(24)} ${title.en}`);
  }
}

async function check(): Promise<void> {
  const { checked, wrong } = await verify(PLACES);
  if (wrong.length > 0) throw new Error(`Damaged or missing: ${wrong.join(', ')}. Run npm run models.`);
  console.log(`${checked} models are what the registry says`);
}

/** Remedies for a failed download. */
const ADVICE: Record<FetchError['reason'], string> = {
  offline: 'Is this machine online? Without a network, set INCAM_MODEL_DIR to a folder that has the file.',
  refused: 'The file has moved. Set INCAM_MODEL_DIR to a folder that has it.',
  interrupted: 'Run the same command again: it goes on where it broke off.',
  'wrong-file': 'Nothing was kept. Somebody changed the file, or something on the way did.',
  'disk-full': 'Free some space and run the same command again: it goes on where it stopped.',
};

async function main([command, ...rest]: readonly string[]): Promise<void> {
  switch (command) {
    case undefined: {
      const { models } = await build();
      const ready = models.filter((model) => model.facts).length;
      console.log(`${ready} of ${models.length} models ready in public/models`);
      return;
    }
    case 'list':
      return list();
    case 'add':
      return add(rest);
    case 'remove':
      return remove(rest);
    case 'verify':
      return check();
    case 'help':
      console.log(HELP);
      return;
    default:
      throw new Error(`Unknown command "${command}".\n\n${HELP}`);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  // A programming error is printed with its stack, any other error with its remedy.
  const bug = !(error instanceof Error) || error instanceof TypeError || error instanceof RangeError;
  console.error(bug ? error : error.message);
  if (error instanceof FetchError) console.error(ADVICE[error.reason]);
  process.exitCode = 1;
});
