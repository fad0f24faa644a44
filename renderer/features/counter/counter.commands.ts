import { CARD_CODE_DRAWS, makeCardCode } from '#shared/domain/card-code.ts';
import type { StaffId } from '#shared/lib/brand.ts';
import type { Ids } from '#shared/lib/ports.ts';
import type { CommitReads, Ledger } from '#renderer/data/ledger-port.ts';
import { undoRequest } from '#renderer/data/undo-request.ts';
import type {
  ActionRequest,
  CounterFailure,
  CounterResult,
  EnrolRequest,
  PaperRequest,
  PunchRequest,
  RedeemRequest,
  SellRequest,
  TakeBackRequest,
} from './counter-requests.ts';
import { decideAction, decidePaperCard, decideSale } from './decide-more.ts';
import { decideRedemption } from './decide-redemption.ts';
import { decideEnrolment, decidePunch } from './decide-visit.ts';

/**
 * What a cashier does at the counter. Every command takes the event id that was minted when the action opened, so a
 * double Enter, a double click or a retry after a crash is the same intent and counts once.
 */
export interface CounterCommands {
  punch(request: PunchRequest): Promise<CounterResult>;
  enrol(request: EnrolRequest): Promise<CounterResult>;
  redeem(request: RedeemRequest): Promise<CounterResult>;
  takeOverPaperCard(request: PaperRequest): Promise<CounterResult>;
  doAction(request: ActionRequest): Promise<CounterResult>;
  sell(request: SellRequest): Promise<CounterResult>;
  undo(request: TakeBackRequest): Promise<CounterResult>;
  newCardCode(): string;
}

export function createCounterCommands(deps: {
  readonly ledger: Ledger;
  readonly ids: Ids;
  readonly staff: () => StaffId;
}): CounterCommands {
  const { ledger, ids, staff } = deps;

  /** Whoever asks without one gets it here, before the commit is tried for the first time. */
  const actor = ({ companionId = ids.eventId() }: PunchRequest | EnrolRequest) => ({
    staff: staff(),
    companionId,
  });

  return {
    punch(request) {
      const { id, member } = request;
      const who = actor(request);
      return ledger.append<CounterFailure>({
        id,
        member,
        // Whether the shop rewards friends is known inside the commit: another window may have just begun to.
        reads: { companion: 'referrer' },
        decide: (view) => decidePunch(view, request, who),
      });
    },

    enrol(request) {
      const { id, member } = request;
      const who = actor(request);
      return ledger.append<CounterFailure>({
        id,
        member,
        reads: readsOf(request),
        decide: (view) => decideEnrolment(view, request, who),
      });
    },

    redeem: (request) =>
      ledger.append<CounterFailure>({
        id: request.id,
        member: request.member,
        // The birthday decides about gifts.
        reads: { profile: true },
        decide: (view) => decideRedemption(view, request, staff()),
      }),

    takeOverPaperCard: (request) =>
      ledger.append<CounterFailure>({
        id: request.id,
        member: request.member,
        decide: (view) => decidePaperCard(view, request, staff()),
      }),

    doAction: (request) =>
      ledger.append<CounterFailure>({
        id: request.id,
        member: request.member,
        decide: (view) => decideAction(view, request, staff()),
      }),

    sell: (request) =>
      ledger.append<CounterFailure>({
        id: request.id,
        member: request.member,
        decide: (view) => decideSale(view, request, staff()),
      }),

    undo: ({ companionId = ids.eventId(), ...request }) =>
      ledger.append(undoRequest({ ...request, companionId, staff: staff() })),

    newCardCode: () => makeCardCode(ids.randomNumbers(CARD_CODE_DRAWS.count, CARD_CODE_DRAWS.below)),
  };
}

function readsOf({ phone, card, referredBy }: EnrolRequest): CommitReads {
  return {
    profile: true,
    ...(phone === undefined ? {} : { phone }),
    ...(card === undefined ? {} : { card }),
    ...(referredBy === undefined ? {} : { companion: referredBy }),
  };
}
