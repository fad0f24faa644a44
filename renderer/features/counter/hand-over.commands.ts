import { DEFAULT_REDEEMING, type Redeeming } from '#shared/domain/redeeming.ts';
import type { EventId, MemberId, PlainDay, StaffId } from '#shared/lib/brand.ts';
import type { Ids } from '#shared/lib/ports.ts';
import { err, ok } from '#shared/lib/result.ts';
import { ANSWER_WITHIN_MS, decideHandOver } from '#shared/sync/hand-over.ts';
import type { Database } from '#renderer/data/database.ts';
import type { Appended, Ledger } from '#renderer/data/ledger-port.ts';
import { findShop } from '#renderer/data/shop.ts';
import type { TillIdentity } from '#renderer/data/rows.ts';
import { countUnconfirmed } from '#renderer/data/unconfirmed.ts';
import type { SyncDesk } from '#renderer/sync/sync-desk.ts';
import type { ApproveRequest, CounterFailure, CounterResult } from './counter-requests.ts';

/**
 * Between "redeemed" and "hand it over": was another till faster?
 *
 *   committed ─► the till sends it and reads the shop's order up to it ─┬─ it holds ─────────────► hand it over
 *                                                                       ├─ another till was first ─► taken back
 *                                                                       ├─ it was refused itself ──► taken back
 *                    no answer in time ─► the shop's rule for being offline ─┬─ give it
 *                                                                            ├─ only the main till ─► taken back
 *                                                                            └─ a manager says ─┬─ yes: noted, give it
 *                                                                                               └─ no: taken back
 *
 * A shop with one till, or without an endpoint, never waits. A crash while it is asked leaves the redemption as it is: on
 * the card, undone with one key.
 */
export interface HandOver {
  /** False without an endpoint: then nobody else can have given it. */
  hasOthers(): boolean;
  confirm(redeemed: Appended, member: MemberId): Promise<CounterResult>;
  /** A manager lets the redemption stand. */
  approve(request: ApproveRequest): Promise<CounterResult>;
  /** Nobody does: it is taken back. */
  decline(request: Omit<ApproveRequest, 'reason'>): Promise<CounterResult>;
}

export function createHandOver(deps: {
  readonly ledger: Ledger;
  readonly database: Database;
  readonly identity: TillIdentity;
  readonly desk: Pick<SyncDesk, 'status' | 'confirmRedemption'>;
  readonly ids: Ids;
  readonly today: () => PlainDay;
  readonly staff: () => StaffId;
}): HandOver {
  const { ledger, database, identity, desk, ids, today, staff } = deps;

  async function takeBack(
    { id, member, redemption }: Omit<ApproveRequest, 'reason'>,
    reason: string,
  ): Promise<CounterResult> {
    return await ledger.append<CounterFailure>({
      id,
      member,
      reads: { history: true, profile: true },
      decide: () =>
        ok({ draft: { id, member, staff: staff(), type: 'void', data: { target: redemption, reason } } }),
    });
  }

  async function isCapReached({ dailyCap }: Redeeming): Promise<boolean> {
    // This one is among them.
    return (await countUnconfirmed(database, { till: identity.till, day: today() })) > dailyCap;
  }

  return {
    hasOthers: () => desk.status().endpoint !== undefined,

    async confirm(redeemed, member) {
      // Its first press was asked about.
      if (redeemed.isRepeat) return ok(redeemed);
      const redemption = redeemed.event.id;
      const answer = await desk.confirmRedemption({ redemption, member, withinMs: ANSWER_WITHIN_MS });
      const rules = (await findShop(database))?.redeeming ?? DEFAULT_REDEEMING;
      const decided = decideHandOver({
        redemption,
        isSetAside: answer === 'set-aside',
        confirmed: answer === 'confirmed' || answer === 'excess' ? cardSaying(answer, redemption) : undefined,
        rule: rules.rule,
        isMainTill: rules.mainTill === identity.till,
        isApproved: false,
        isCapReached: answer === 'no-answer' && (await isCapReached(rules)),
      });
      switch (decided.do) {
        case 'hand-over':
          return ok(redeemed);
        case 'ask-manager':
          return err({ code: 'needs-approval', redeemed });
        case 'void': {
          const taken = await takeBack({ id: ids.eventId(), member, redemption }, decided.because);
          return taken.ok ? err({ code: decided.because }) : taken;
        }
      }
    },

    approve: ({ id, member, redemption, reason }) =>
      ledger.append<CounterFailure>({
        id,
        member,
        decide: () =>
          ok({
            draft: { id, member, staff: staff(), type: 'approval', data: { target: redemption, reason } },
          }),
      }),

    decline: (request) => takeBack(request, 'not-approved'),
  };
}

function cardSaying(answer: 'confirmed' | 'excess', event: EventId) {
  const exceptions = answer === 'excess' ? [{ event, kind: 'excess-redemption' as const }] : [];
  return { exceptions, needsUpdate: false };
}
