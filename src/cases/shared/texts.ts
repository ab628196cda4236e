/** The texts of the reader's language that files of all cases share. */
import { locale } from '../../app/locale.svelte.ts';
import { m } from '../../paraglide/messages.js';

export const fileText = () => ({
  retention: m.export_retention(),
  licence: m.export_licence(),
  language: locale.current,
});
