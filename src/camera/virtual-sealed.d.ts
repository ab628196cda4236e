/** What the build (`build/sealed-parts.ts`) tells the page of the sealed frame. */
declare module 'virtual:incam-sealed' {
  /** The frame's own script. */
  export const frameScript: string;
  /** Its SHA-256, base64, for content security policies. */
  export const frameHash: string;
  /** All that can be handed in: address below the site's root, and size in bytes. */
  export const parts: Readonly<Record<string, { readonly url: string; readonly bytes: number }>>;
}
