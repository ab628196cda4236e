/** What this browser gives the camera, asked feature by feature; never by the browser's name. */

export const ABILITIES = [
  'secure-context',
  'isolation',
  'trusted-types',
  'frame-survives',
  'decoder',
  'track-processor',
  'webgpu',
  'own-window',
] as const;
export type Ability = (typeof ABILITIES)[number];

/** As much of a browser's window as is looked at. */
export interface BrowserWindow {
  readonly isSecureContext?: boolean;
  readonly crossOriginIsolated?: boolean;
  readonly navigator?: object;
  readonly Element?: { readonly prototype: object };
  readonly self?: unknown;
  readonly top?: unknown;
}

const TESTS: Record<Ability, (window: BrowserWindow) => boolean> = {
  'secure-context': ({ isSecureContext }) => isSecureContext === true,
  isolation: ({ crossOriginIsolated }) => crossOriginIsolated === true,
  'trusted-types': (window) => 'trustedTypes' in window,
  'frame-survives': ({ Element }) => Element !== undefined && 'moveBefore' in Element.prototype,
  decoder: (window) => 'VideoDecoder' in window,
  'track-processor': (window) => 'MediaStreamTrackProcessor' in window,
  webgpu: ({ navigator }) => navigator !== undefined && 'gpu' in navigator,
  'own-window': ({ self, top }) => self === top,
};

/** @param window the browser's, or what stands for it in a test */
export const abilitiesOf = (window: BrowserWindow): Readonly<Record<Ability, boolean>> =>
  Object.fromEntries(ABILITIES.map((ability) => [ability, TESTS[ability](window)])) as Record<
    Ability,
    boolean
  >;
