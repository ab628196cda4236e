import type { FaultCode } from '../../../contract/index.ts';

/** What went wrong with the vault on the device, as a code of the contract. */
export class VaultFault extends Error {
  override readonly name = 'VaultFault';

  constructor(readonly code: FaultCode) {
    super(code);
  }
}
