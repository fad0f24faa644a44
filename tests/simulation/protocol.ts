import { applyEvent, foldMember } from '#shared/domain/fold.ts';
import { findGroups, isUnmerged, listActiveMerges } from '#shared/domain/merge.ts';
import { planSameNumberMerges } from '#shared/domain/merge-same-number.ts';
import { moveEvent, sealEvent } from '#shared/ledger/stream.ts';
import { tickHlc } from '#shared/lib/hlc.ts';
import { isAnew, takeHello } from '#shared/sync/after-hello.ts';
import { applyFile } from '#shared/sync/apply-file.ts';
import { applyPull } from '#shared/sync/apply-pull.ts';
import { inShopOrder } from '#shared/sync/card-order.ts';
import { decideHandOver } from '#shared/sync/hand-over.ts';
import {
  packDocs,
  planDocs,
  takeDocPage,
  takeDocRejection,
  takeDocVerdicts,
} from '#shared/sync/plan-profiles.ts';
import { planPush, takeRejection, takeVerdicts } from '#shared/sync/plan-push.ts';
import { planRetry } from '#shared/sync/plan-retry.ts';
import { readReply } from '#shared/sync/read-reply.ts';
import { isQueued, planNext } from '#shared/sync/sync-state.ts';
import { takeDocument } from '#shared/sync/take-document.ts';

/**
 * The production code the simulated tills run, and the few things their host does. A planted bug replaces one of them;
 * production code knows nothing of it.
 */
export const PRODUCTION = {
  applyEvent,
  applyFile,
  applyPull,
  decideHandOver,
  findGroups,
  foldMember,
  inShopOrder,
  isAnew,
  isQueued,
  isUnmerged,
  listActiveMerges,
  moveEvent,
  packDocs,
  planDocs,
  planNext,
  planPush,
  planRetry,
  planSameNumberMerges,
  readReply,
  sealEvent,
  takeDocument,
  takeDocPage,
  takeDocRejection,
  takeDocVerdicts,
  takeHello,
  takeRejection,
  takeVerdicts,
  tickHlc,
};
export type Protocol = typeof PRODUCTION;

/** What a host may get wrong. */
export interface HostFaults {
  /** Says done, then writes. */
  readonly isDoneTooEarly?: boolean;
  /** A cursor and its page are two transactions, the cursor first. */
  readonly isCursorFirst?: boolean;
  /** The unique index on ids is missing. */
  readonly isIdUnchecked?: boolean;
  /** A new start goes on with the last stream it finds. */
  readonly isStreamReused?: boolean;
  /** Deletes what was acknowledged. */
  readonly isForgetful?: boolean;
  /** The tail that moves gets new ids. */
  readonly isTailRenamed?: boolean;
  /** The tail that moves is dropped. */
  readonly isTailLost?: boolean;
  /** Cards are not folded anew when an earlier event arrives. */
  readonly isAppendOnly?: boolean;
  /** A new start forgets the last stamp it gave. */
  readonly isClockForgotten?: boolean;
  /** Only the first alarm of each kind is kept. */
  readonly isAlarmSwallowed?: boolean;
  /** Places of the old order are kept when the endpoint was restored. */
  readonly arePlacesKept?: boolean;
  /** Nobody is named as the one who did it. */
  readonly isStaffForgotten?: boolean;
  /** A document's stamp is the till's own clock, whatever the version before says. */
  readonly isStampOfTheTill?: boolean;
  /** An edit that happens while the version before is on its way is taken for sent. */
  readonly isEditForgotten?: boolean;
  /** Documents are not offered again to an endpoint that was restored. */
  readonly areProfilesKeptBack?: boolean;
  /** Forgetting somebody leaves the document where it is. */
  readonly isErasureShallow?: boolean;
  /** Who hears of an erasure leaves its tombstone to the till where it was done. */
  readonly isTombstoneLeftToOthers?: boolean;
  /** One number enrolled twice stays two members. */
  readonly isMergeForgotten?: boolean;
  /** Whatever was written into a sync file counts as sent. */
  readonly isFileBelieved?: boolean;
  /** An app that is too old for an event keeps what it can read of it. */
  readonly isUnreadStripped?: boolean;
  /** A sync file is not asked whose it is. */
  readonly isShopUnchecked?: boolean;
}

/** What an endpoint may get wrong. */
export interface EndpointFaults {
  /** Acknowledges, and now and then loses the batch. */
  readonly isAckTooEarly?: boolean;
  /** Now and then skips a place in a page. */
  readonly isPageHoled?: boolean;
  /** Gives known events a new place. */
  readonly isIdForgotten?: boolean;
  /** Takes a position that is filled, and a gap. */
  readonly isPositionUnchecked?: boolean;
  /** Keeps its epoch when it is restored. */
  readonly isEpochKept?: boolean;
  /** Drops types it does not know. */
  readonly isPicky?: boolean;
  /** Gives every token the events of all shops. */
  readonly isOpen?: boolean;
  /** Of two versions of a document the one that came last holds. */
  readonly isLastArrival?: boolean;
  /** A document that comes late takes the place of a tombstone. */
  readonly isTombstoneSoft?: boolean;
  /** Leaves a document out of a page. */
  readonly isDocFeedHoled?: boolean;
}

export interface Kit {
  readonly protocol: Protocol;
  readonly host: HostFaults;
  readonly endpoint: EndpointFaults;
}
