/** What stands in the frame's form for the vault's passphrase. */
import type { PassphraseTexts } from '../../contract/sealed-frame.ts';
import { locale } from '../app/locale.svelte.ts';
import { m } from '../paraglide/messages.js';

export const passphraseTexts = (): PassphraseTexts => ({
  language: locale.current,
  title: m.passphrase_title(),
  introNew: m.passphrase_intro_new(),
  introKnown: m.passphrase_intro_known(),
  passphrase: m.passphrase_field(),
  again: m.passphrase_again(),
  show: m.passphrase_show(),
  create: m.passphrase_create(),
  open: m.passphrase_open(),
  cancel: m.passphrase_cancel(),
  working: m.passphrase_working(),
  wrong: m.passphrase_wrong(),
  tooShort: m.passphrase_too_short(),
  differ: m.passphrase_differ(),
});
