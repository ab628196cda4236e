import { refusesFraming } from './app/framing.ts';
import { isolate } from './app/isolation.ts';
import { installTrustedTypes } from './app/trusted-types.ts';
import './app/styles/tokens.css';
import './app/styles/base.css';
import './app/styles/print.css';

installTrustedTypes();
const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
if (refusesFraming()) {
  const [{ mount }, { default: Refused }] = await Promise.all([
    import('svelte'),
    import('./app/Refused.svelte'),
  ]);
  mount(Refused, { target });
} else if (!(await isolate())) {
  const [{ mount }, { default: App }] = await Promise.all([import('svelte'), import('./app/App.svelte')]);
  mount(App, { target });
}
