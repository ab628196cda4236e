/**
 * Where the operator types the passphrase: inside the frame, into which the page cannot look. The words are the page's, in the
 * visitor's language; what is typed stays here.
 */
import type { PassphraseTexts } from '../../../contract/sealed-frame.ts';
import { MAX_PASSPHRASE, MIN_PASSPHRASE, normalized } from './passphrase-key.ts';

const INK = '#f2f4f7';
const PANEL = '#171b21';
const RULE = '#56606d';
const WARNING = '#ffb454';

type Styles = Partial<CSSStyleDeclaration>;

/** Tries a passphrase. @returns false when it is the wrong one */
export type TryPassphrase = (passphrase: string) => Promise<boolean>;

/**
 * Asks until a passphrase was taken, or the operator would rather not.
 * @param kind `new`: one is chosen, and typed twice
 * @returns whether one was taken
 * @throws what `attempt` throws
 */
export function askPassphrase(
  kind: 'new' | 'known',
  texts: PassphraseTexts,
  attempt: TryPassphrase,
): Promise<boolean> {
  const form = new PassphraseForm(kind, texts);
  return form.ask(attempt).finally(() => form.remove());
}

class PassphraseForm {
  readonly #panel = element('div', {
    ...{ position: 'fixed', inset: '0', zIndex: '1', overflow: 'auto', boxSizing: 'border-box' },
    ...{ display: 'flex', flexDirection: 'column', gap: '10px', padding: '16px 20px' },
    ...{ background: PANEL, color: INK, font: '15px/1.5 system-ui, sans-serif' },
  });
  readonly #first: HTMLInputElement;
  readonly #second: HTMLInputElement | undefined;
  readonly #said = element('p', { margin: '0', flexShrink: '0', minHeight: '1.5em', color: WARNING });
  readonly #ok: HTMLButtonElement;
  readonly #cancel: HTMLButtonElement;
  readonly #texts: PassphraseTexts;

  constructor(kind: 'new' | 'known', texts: PassphraseTexts) {
    this.#texts = texts;
    const title = element('h1', { margin: '0', fontSize: '18px' }, texts.title);
    title.id = 'title';
    const intro = element('p', { margin: '0' }, kind === 'new' ? texts.introNew : texts.introKnown);
    this.#said.setAttribute('role', 'alert');
    this.#first = input(kind === 'new' ? 'new-password' : 'current-password');
    this.#second = kind === 'new' ? input('new-password') : undefined;
    this.#ok = button(kind === 'new' ? texts.create : texts.open, true);
    this.#cancel = button(texts.cancel, false);
    const buttons = element('div', { display: 'flex', flexWrap: 'wrap', gap: '10px' });
    buttons.append(this.#ok, this.#cancel);
    this.#panel.setAttribute('role', 'dialog');
    this.#panel.setAttribute('aria-labelledby', title.id);
    this.#panel.lang = texts.language;
    this.#panel.append(title, intro, labelled(texts.passphrase, this.#first));
    if (this.#second) this.#panel.append(labelled(texts.again, this.#second));
    this.#panel.append(this.#shown(), this.#said, buttons);
    document.body.append(this.#panel);
    this.#first.focus();
  }

  ask(attempt: TryPassphrase): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const tried = async () => {
        const wrong = this.#wrongWith(this.#first.value, this.#second?.value);
        if (wrong) return this.#say(wrong, this.#first);
        this.#rest(true);
        this.#say(this.#texts.working);
        try {
          if (await attempt(this.#first.value)) return resolve(true);
          this.#rest(false);
          this.#say(this.#texts.wrong, this.#first);
        } catch (error) {
          reject(error instanceof Error ? error : new Error('the vault'));
        }
      };
      this.#ok.addEventListener('click', () => void tried());
      this.#cancel.addEventListener('click', () => resolve(false));
      // No form element: a sandboxed frame submits none, and tells of it nowhere.
      this.#panel.addEventListener('keydown', (event) => {
        if (event.isComposing) return;
        if (event.key === 'Escape') resolve(false);
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) void tried();
      });
    });
  }

  /** What was typed is forgotten with it, as far as a browser forgets a text. */
  remove(): void {
    for (const field of [this.#first, this.#second]) if (field) field.value = '';
    this.#panel.remove();
  }

  #wrongWith(passphrase: string, again: string | undefined): string | undefined {
    if (again === undefined) return passphrase === '' ? this.#texts.tooShort : undefined;
    const { length } = normalized(passphrase);
    if (length < MIN_PASSPHRASE || length > MAX_PASSPHRASE) return this.#texts.tooShort;
    return normalized(passphrase) === normalized(again) ? undefined : this.#texts.differ;
  }

  #say(text: string, field?: HTMLInputElement): void {
    this.#said.textContent = text;
    field?.focus();
    field?.select();
  }

  #rest(resting: boolean): void {
    for (const control of [this.#first, this.#second, this.#ok]) if (control) control.disabled = resting;
  }

  /** A long passphrase is typed wrongly more often than it is looked at over a shoulder. */
  #shown(): HTMLElement {
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.addEventListener('change', () => {
      for (const field of [this.#first, this.#second])
        if (field) field.type = box.checked ? 'text' : 'password';
    });
    const label = element('label', { display: 'flex', alignItems: 'center', gap: '6px' });
    label.append(box, this.#texts.show);
    return label;
  }
}

function element<T extends keyof HTMLElementTagNameMap>(
  name: T,
  style: Styles,
  text = '',
): HTMLElementTagNameMap[T] {
  const made = document.createElement(name);
  Object.assign(made.style, style);
  made.textContent = text;
  return made;
}

function input(autocomplete: AutoFill): HTMLInputElement {
  const field = element('input', {
    ...{ font: 'inherit', padding: '6px 10px', border: `1px solid ${RULE}`, borderRadius: '6px' },
    ...{ background: '#0b0d10', color: INK, width: '100%', boxSizing: 'border-box' },
  });
  field.type = 'password';
  field.autocomplete = autocomplete;
  field.spellcheck = false;
  field.maxLength = 2 * MAX_PASSPHRASE;
  return field;
}

function labelled(text: string, field: HTMLInputElement): HTMLElement {
  const label = element('label', { display: 'grid', gap: '2px' });
  label.append(text, field);
  return label;
}

function button(text: string, primary: boolean): HTMLButtonElement {
  const made = element(
    'button',
    {
      ...{ font: 'inherit', fontWeight: '600', padding: '8px 16px', borderRadius: '6px', cursor: 'pointer' },
      ...(primary
        ? { background: '#9fdcec', color: '#10151a', border: '1px solid #9fdcec' }
        : { background: 'transparent', color: INK, border: `1px solid ${RULE}` }),
    },
    text,
  );
  made.type = 'button';
  return made;
}
