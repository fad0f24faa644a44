import { err, ok, type Result } from '#shared/lib/result.ts';
import type { Confirmation } from '#renderer/sync/confirmations.ts';
import type { PairedEndpoint, PairFailure } from '#renderer/platform/endpoint-link.ts';
import type {
  AskFailure,
  Invitation,
  PairingForm,
  ShopTill,
  SyncDesk,
  SyncStatus,
} from '#renderer/sync/sync-desk.ts';

export const PAIRED: PairedEndpoint = { address: 'https://sync.example', shop: 'shop-1' };

export const UNPAIRED_STATUS: SyncStatus = {
  endpoint: undefined,
  phase: { kind: 'unpaired' },
  isWriter: true,
  lastContactAt: null,
  unsentEvents: 0,
  unsentProfiles: 0,
  oldestUnsentAt: null,
  cursor: 0,
  head: 0,
  snapshot: null,
  isFiling: false,
  setAside: [],
  recent: [],
};

export const IDLE_STATUS: SyncStatus = {
  ...UNPAIRED_STATUS,
  endpoint: PAIRED,
  phase: { kind: 'idle' },
  lastContactAt: Date.UTC(2026, 0, 5, 8, 59),
  cursor: 120,
  head: 120,
};

/** A desk whose status and answers a test sets, and that lists what it was asked. */
export class FakeSyncDesk implements SyncDesk {
  readonly asked: string[] = [];
  readonly forms: PairingForm[] = [];
  pairAnswer: Result<PairedEndpoint, PairFailure | { readonly code: 'bad-invitation' | 'needs-invitation' }> =
    ok(PAIRED);
  inviteAnswer: Result<Invitation, AskFailure> = err({ code: 'no-answer' });
  tillsAnswer: Result<readonly ShopTill[], AskFailure> = ok([]);
  revokeAnswer: Result<undefined, AskFailure> = ok(undefined);
  /** What is kept of the pairing can't be removed. */
  isKeyStuck = false;
  /** The store can't be written. */
  isRefusingToOffer = false;
  redemptionAnswer: Confirmation = 'no-answer';
  private readonly listeners = new Set<() => void>();
  private now: SyncStatus;

  constructor(status: SyncStatus = UNPAIRED_STATUS) {
    this.now = status;
  }

  /** Screens get a bare function. */
  readonly status = (): SyncStatus => this.now;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  show(change: Partial<SyncStatus>): void {
    this.now = { ...this.now, ...change };
    for (const listener of this.listeners) listener();
  }

  syncNow(): void {
    this.asked.push('sync-now');
  }

  async pair(form: PairingForm) {
    this.forms.push(form);
    if (this.pairAnswer.ok) this.show({ endpoint: this.pairAnswer.value, phase: { kind: 'hello' } });
    return this.pairAnswer;
  }

  async unpair(): Promise<void> {
    this.asked.push('unpair');
    if (this.isKeyStuck) throw new Error('the key could not be removed');
    this.show(UNPAIRED_STATUS);
  }

  async invite() {
    this.asked.push('invite');
    return this.inviteAnswer;
  }

  async listTills() {
    this.asked.push('list-tills');
    return this.tillsAnswer;
  }

  async revokeTill(till: string) {
    this.asked.push(`revoke ${till}`);
    return this.revokeAnswer;
  }

  async offerAgain(id: string): Promise<boolean> {
    this.asked.push(`offer-again ${id}`);
    if (this.isRefusingToOffer) return false;
    this.show({ setAside: this.now.setAside.filter((aside) => aside.id !== id) });
    return true;
  }

  async confirmRedemption() {
    return this.redemptionAnswer;
  }

  stop(): void {
    this.asked.push('stop');
  }
}
