import type { SyncStore } from '#renderer/data/sync/sync-store.ts';
import type { EventId, MemberId } from '#shared/lib/brand.ts';
import { isExcess } from '#shared/sync/hand-over.ts';

/** Cashiers who wait to hear whether a reward may be handed over. */
export interface Confirmations {
  /** Resolves when the redemption has its place in the shop's order, or will have none, or nobody can say any more. */
  ask(redemption: EventId, member: MemberId): Promise<Confirmation>;
  areAwaited(): boolean;
  /** Answers those whose place is known by now. */
  check(): Promise<void>;
  /** Answers the others that waited already: nothing more will come. */
  giveUp(): Promise<void>;
}

/** `set-aside`: it was refused, so it is in no order and no till counts it. */
export type Confirmation = 'confirmed' | 'excess' | 'set-aside' | 'no-answer';

export function createConfirmations(store: Pick<SyncStore, 'readRedemption'>): Confirmations {
  interface Waiting {
    readonly redemption: EventId;
    readonly member: MemberId;
    readonly answer: (answer: Confirmation) => void;
  }
  const all = new Set<Waiting>();

  async function settle(waiting: Waiting): Promise<void> {
    const { redemption, member } = waiting;
    const { g, isSetAside, state } = await store.readRedemption(redemption, member);
    if (isSetAside) {
      if (all.delete(waiting)) waiting.answer('set-aside');
      return;
    }
    if (g === null || !state || !all.delete(waiting)) return;
    // What a newer app wrote on the card may have paid for it, or taken it away.
    if (state.needsUpdate) waiting.answer('no-answer');
    else waiting.answer(isExcess(state, redemption) ? 'excess' : 'confirmed');
  }

  async function check(): Promise<void> {
    for (const waiting of all) await settle(waiting);
  }

  return {
    ask: (redemption, member) =>
      new Promise((answer) => {
        all.add({ redemption, member, answer });
      }),
    areAwaited: () => all.size > 0,
    check,
    async giveUp() {
      const before = [...all];
      try {
        await check();
      } finally {
        for (const waiting of before) if (all.delete(waiting)) waiting.answer('no-answer');
      }
    },
  };
}
