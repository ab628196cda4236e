/**
 * What is said about case 3's vault on the device, where the operator has chosen that it outlives the camera. Two
 * conversations: the camera's worker asks the frame's main thread, which has the keys; the main thread asks the disk outside
 * the frame, which has bytes and can open none of them. What the disk is given is the one thing besides records that leaves
 * the frame.
 */

/** A key that stays on the frame's main thread, by number. */
export type KeyHandle = number;

/** What the vault knows of time. */
export interface DiskCalendar {
  /** Day on which the vault was first used. */
  readonly first: number;
  /** The latest day ever seen. */
  readonly latest: number;
  /** The moment of the last entry. */
  readonly moment?: DiskMoment | undefined;
}

/** One moment by two clocks, in seconds since 1 January 1970. */
export interface DiskMoment {
  /** By the vault, local time: it never runs backwards. */
  readonly vaultS: number;
  /** By the machine, universal time. */
  readonly machineS: number;
}

/** A day as the camera's worker has it: sealed bytes, and the number of the key that is on the main thread. */
export interface DiskDay {
  readonly day: number;
  readonly until: number;
  readonly held: number;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly key: KeyHandle;
}

/** The camera's worker to the frame's main thread. */
export type VaultQuestion =
  | { vault: 'open' | 'read' | 'close' }
  | { vault: 'put'; day: DiskDay }
  | { vault: 'destroy'; days: readonly number[] }
  | { vault: 'calendar'; calendar: DiskCalendar };

export interface VaultContents {
  /** Vectors of an older kind that were found and destroyed when the vault was opened. */
  readonly outdated?: number | undefined;
  /** Days that could not be read, and were destroyed. */
  readonly damaged?: number | undefined;
  readonly calendar?: DiskCalendar | undefined;
  readonly days: readonly DiskDay[];
}

/** `fault` is a code of the contract. */
export type VaultAnswer = { readonly value?: VaultContents | undefined; readonly fault?: string | undefined };

/** Sealed bytes under a name that says nothing: 16 random bytes, hexadecimal. */
export interface DiskBlock {
  readonly id: string;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The frame's main thread to the disk. */
export type DiskQuestion =
  | { disk: 'open' | 'read' | 'close' }
  /** Overwrites a part of the key file in place; answered when the system has it on the medium. */
  | { disk: 'write'; at: number; bytes: Uint8Array<ArrayBuffer> }
  | { disk: 'keep'; block: DiskBlock }
  | { disk: 'drop'; ids: readonly string[] };

export interface DiskContents {
  /** With `open`: the whole key file. */
  readonly file?: Uint8Array<ArrayBuffer> | undefined;
  /** With `open`: see `VaultContents`. */
  readonly outdated?: number | undefined;
  /** With `read`. */
  readonly blocks?: readonly DiskBlock[] | undefined;
}

/** `lost`: the storage was taken away while it was open. */
export type DiskAnswer =
  { id: number; value: DiskContents | undefined } | { id: number; fault: string } | { lost: true };
