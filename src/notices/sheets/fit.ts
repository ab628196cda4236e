/**
 * Makes a text as large as its place allows: an element of fixed size gets `--fit`, a factor on its font sizes, the largest at
 * which nothing is cut. The same element is printed, so that what fits on the screen fits on the paper.
 */
import type { Attachment } from 'svelte/attachments';

/** Steps of the search: a thousandth of the range is finer than a printer. */
const STEPS = 9;

const isCut = (element: HTMLElement): boolean =>
  element.scrollHeight > element.clientHeight + 0.5 || element.scrollWidth > element.clientWidth + 0.5;

/**
 * @param content anything that changes when the content does
 * @param least smallest factor; below it the text could not be read
 * @param most largest factor, where there is room to spare
 * @param oncut told whether something is cut even so
 */
export function fit(
  content: unknown,
  least: number,
  oncut: (cut: boolean) => void,
  most = 1,
): Attachment<HTMLElement> {
  return (element) => {
    void content;
    const set = (factor: number) => element.style.setProperty('--fit', String(factor));
    const search = () => {
      set(most);
      if (!isCut(element)) return oncut(false);
      let [low, high] = [least, most];
      for (let i = 0; i < STEPS; i++) {
        const middle = (low + high) / 2;
        set(middle);
        if (isCut(element)) high = middle;
        else low = middle;
      }
      set(low);
      oncut(isCut(element));
    };
    search();
    // Fonts that arrive later are wider or narrower.
    void document.fonts.ready.then(() => element.isConnected && search());
  };
}
