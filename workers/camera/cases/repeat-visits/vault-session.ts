/**
 * Who holds the vault for a pipeline: opens it when it is first needed, keeps its part of the ledger, and when the place on the
 * device fails, goes on in memory. What is kept on the device is never touched by that.
 */
import type { CaseAccount } from '../../ledger/case-account.ts';
import type { Keep } from '../../../../contract/index.ts';
import { Fault } from '../../isolation/fault.ts';
import type { OpenStore } from './vault/keeper.ts';
import type { Calendar } from './vault/store.ts';
import { Vault } from './vault/vault.ts';

interface Wish {
  readonly keep: Keep;
  readonly retentionDays: number;
  /** The day it is, from what the vault knows of time. */
  readonly today: (known: Calendar | undefined) => number;
}

export class VaultSession {
  #vault: Vault | undefined;
  #retentionDays = 0;
  /** Once the place on the device has failed, until the vault is left. */
  #inMemory = false;
  #lost = false;
  #leaving: Promise<void> = Promise.resolve();
  #destroyed = { expired: 0, onRequest: 0 };
  readonly #openStore: OpenStore;
  readonly #account: CaseAccount;
  readonly #length: number;

  /** @param length numbers of a vector */
  constructor(openStore: OpenStore, account: CaseAccount, length: number) {
    this.#openStore = openStore;
    this.#account = account;
    this.#length = length;
  }

  /** Vectors destroyed since the vault was opened: at the end of their period, and at a visitor's wish. */
  get destroyed(): Readonly<{ expired: number; onRequest: number }> {
    return this.#destroyed;
  }

  /** Memory of what the vault holds, sealed. */
  get memories(): ArrayBufferLike[] {
    return this.#vault?.memories ?? [];
  }

  /** To be called with what was destroyed because a visitor asked for it. */
  requested(count: number): void {
    this.#account.vectorDestroyed(count);
    this.#destroyed.onRequest += count;
  }

  expired(count: number): void {
    this.#account.vectorDestroyed(count);
    this.#destroyed.expired += count;
  }

  /** @returns days that were damaged and are destroyed */
  damaged(): number {
    const { days, vectors } = this.#vault?.takeDamaged() ?? { days: 0, vectors: 0 };
    this.#account.vectorDestroyed(vectors);
    return days;
  }

  /**
   * Does something with the vault, which is opened if need be.
   * @throws {Fault} of the place on the device. Where it could not be opened, the next call finds a vault in memory
   */
  async use(wish: Wish, work: (vault: Vault, isNew: boolean) => Promise<void>): Promise<void> {
    if (this.#lost) {
      this.leave();
      this.#inMemory = true;
      throw new Fault('vault-lost', 'the storage was taken away');
    }
    const known = this.#vault;
    const vault = known ?? (await this.#open(wish));
    if (wish.retentionDays !== this.#retentionDays) {
      this.#retentionDays = wish.retentionDays;
      this.expired(await vault.setRetention(wish.retentionDays));
    }
    await work(vault, vault !== known);
    if (this.#vault === vault) this.#account.vectorsHeld(vault.held);
  }

  /** Lets go of the vault: what is in memory is gone, what is on the device stays there, sealed. */
  leave(): void {
    const vault = this.#vault;
    this.#vault = undefined;
    this.#lost = this.#inMemory = false;
    this.#destroyed = { expired: 0, onRequest: 0 };
    if (!vault) return;
    this.#account.vectorsHeld(vault.keep === 'device' ? vault.held : 0);
    this.#leaving = vault.close().then((destroyed) => this.#account.vectorDestroyed(destroyed));
  }

  /** Resolves when what was left is closed. */
  async left(): Promise<void> {
    await this.#leaving;
  }

  async #open({ keep, retentionDays, today }: Wish): Promise<Vault> {
    await this.#leaving;
    try {
      const store = await this.#openStore(this.#inMemory ? 'session' : keep, () => (this.#lost = true));
      this.#vault = await Vault.open(store, this.#length, retentionDays, today);
    } catch (error) {
      this.#inMemory = true;
      throw error;
    }
    this.#retentionDays = retentionDays;
    // What was kept from before is taken over into this account, so that it balances.
    const { held, outdated } = this.#vault;
    this.#account.vectorMade(held + outdated);
    this.#account.vectorDestroyed(outdated);
    return this.#vault;
  }
}
