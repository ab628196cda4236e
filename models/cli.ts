/** `npm run models`: see models/README.md. */
import { buildAll } from './build/all.ts';

const registry = await buildAll((card, { bytes }) => {
  console.log(`made ${card.id} (${(bytes / 1e6).toFixed(1)} MB)`);
});
const installed = registry.models.filter((model) => model.facts).length;
console.log(`${installed} of ${registry.models.length} models ready in public/models`);
