/** The files of the built site, as the build lists them for the service worker (`build/service-worker.ts`). */

/** `site`: pages, default models, samples. `gpu`: the runtime for a graphics device. `more`: all other models. */
export type FileGroup = 'site' | 'gpu' | 'more';
export const FILE_GROUPS: readonly FileGroup[] = ['site', 'gpu', 'more'];

export interface SiteFile {
  readonly group: FileGroup;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

export interface SiteFiles {
  /** Changes with any file. */
  readonly version: string;
  /** By address below the site's root. */
  readonly files: Readonly<Record<string, SiteFile>>;
}

/** What the page may ask of the service worker; each order is answered on the port that comes with it. */
export type Order =
  | { readonly do: 'state' }
  /** Fetches and keeps one file. */
  | { readonly do: 'keep'; readonly url: string }
  /** Says that all files of these groups are there. From then on the site is answered from them. */
  | { readonly do: 'complete'; readonly groups: readonly FileGroup[] }
  | { readonly do: 'forget' }
  /** To a newer worker that waits: it takes the place of the older one. */
  | { readonly do: 'take-over' };

export interface KeptState {
  /** Groups that are kept in this version; empty: none. */
  readonly groups: readonly FileGroup[];
  /** Files that are not kept yet, by group. */
  readonly missing: Readonly<Record<FileGroup, readonly { readonly url: string; readonly bytes: number }[]>>;
}

export type Answer =
  { readonly ok: true; readonly state: KeptState } | { readonly ok: false; readonly why: KeepFault };
/** `network`: not to be had; `changed`: not the file that was built; `full`: no room on this device. */
export type KeepFault = 'network' | 'changed' | 'full' | 'refused';
