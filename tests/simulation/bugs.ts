import { PRODUCTION, type Kit } from './protocol.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';

/** Bugs to plant: a simulator that does not see them proves nothing. Production code knows nothing of this file. */

export const SOUND: Kit = { protocol: PRODUCTION, host: {}, endpoint: {} };

export interface Bug {
  readonly what: string;
  readonly kit: Kit;
}

const host = (what: string, faults: Kit['host']): Bug => ({ what, kit: { ...SOUND, host: faults } });
const endpoint = (what: string, faults: Kit['endpoint']): Bug => ({
  what,
  kit: { ...SOUND, endpoint: faults },
});
const protocol = (what: string, changed: Partial<Kit['protocol']>): Bug => ({
  what,
  kit: { ...SOUND, protocol: { ...PRODUCTION, ...changed } },
});

export const BUGS: Readonly<Record<string, Bug>> = {
  'done-too-early': host('the screen says done before the write', { isDoneTooEarly: true }),
  'cursor-first': host('the cursor is written before its page', { isCursorFirst: true }),
  'id-unchecked': host('the same key pressed twice is written twice', { isIdUnchecked: true }),
  'stream-reused': host('a start goes on in the last stream of the disk', { isStreamReused: true }),
  'delete-acknowledged': host('what was acknowledged is deleted', { isForgetful: true }),
  'tail-renamed': host('a tail that moves gets new ids', { isTailRenamed: true }),
  'tail-lost': host('a tail that should move is dropped', { isTailLost: true }),
  'append-only': host('cards are not folded anew when an earlier event arrives', { isAppendOnly: true }),
  'clock-forgotten': host('a start forgets the last stamp it gave', { isClockForgotten: true }),
  'fork-swallowed': host('a copy of a till is not reported', { isAlarmSwallowed: true }),
  'places-kept': host('places of the old order are kept after a restore', { arePlacesKept: true }),
  'nobody-named': host('nobody is named as the one who did it', { isStaffForgotten: true }),
  'document-of-the-wall': host('the stamp of a document is whatever the clock says', {
    isStampOfTheTill: true,
  }),
  'edit-forgotten': host('an edit made while the one before is on its way counts as sent', {
    isEditForgotten: true,
  }),
  'documents-kept-back': host('an endpoint that was restored is offered no documents', {
    areProfilesKeptBack: true,
  }),
  'erasure-shallow': host('forgetting somebody leaves the document', { isErasureShallow: true }),
  'tombstone-left-to-others': host('only the till where somebody was forgotten tells the endpoint', {
    isTombstoneLeftToOthers: true,
  }),
  'merge-forgotten': host('a number that was enrolled twice stays two members', { isMergeForgotten: true }),
  'foreign-file-taken': host("another shop's sync file is taken", { isShopUnchecked: true }),
  'file-counts-as-sent': host('what was written into a sync file counts as sent', { isFileBelieved: true }),
  'unread-stripped': host('an older app keeps only what it can read', { isUnreadStripped: true }),
  'last-arrival-wins': endpoint('of two documents the one that came last holds', { isLastArrival: true }),
  'tombstone-soft': endpoint('a late document takes the place of a tombstone', { isTombstoneSoft: true }),
  'document-left-out': endpoint('a page leaves out a document', { isDocFeedHoled: true }),
  'ack-too-early': endpoint('the endpoint acknowledges before it commits', { isAckTooEarly: true }),
  'page-holed': endpoint('a page leaves out an event', { isPageHoled: true }),
  'place-twice': endpoint('a known id gets a second place', { isIdForgotten: true }),
  'position-unchecked': endpoint('a taken position and a gap are acknowledged', {
    isPositionUnchecked: true,
  }),
  'epoch-kept': endpoint('a restored endpoint keeps its epoch', { isEpochKept: true }),
  'unknown-dropped': endpoint('events of unknown types are acknowledged and dropped', { isPicky: true }),
  'shops-mixed': endpoint("a token reads another shop's events", { isOpen: true }),
  'hole-skipped': protocol('a hole in a page is stepped over', {
    applyPull: (page, standing, ledger, chance) => {
      const [first] = page.events;
      const isShort = first && first.g !== standing.marks.cursor + 1;
      const marks = isShort ? { ...standing.marks, cursor: first.g - 1 } : standing.marks;
      const kept = page.events.filter((_, index) => index !== 2);
      return PRODUCTION.applyPull(
        { ...page, events: kept.map(({ event }, index) => ({ g: marks.cursor + 1 + index, event })) },
        { ...standing, marks },
        ledger,
        chance,
      );
    },
  }),
  'others-stepped-over': protocol('the place in a verdict is taken, whoever stands before it', {
    takeVerdicts: (batch, results, standing) => {
      const g = results.find(({ status }) => status === 'ok')?.g;
      const cursor = g === undefined ? standing.marks.cursor : g - 1;
      return PRODUCTION.takeVerdicts(batch, results, { ...standing, marks: { ...standing.marks, cursor } });
    },
  }),
  'epoch-ignored': protocol('a new epoch is taken for the old one', {
    takeHello: (answer, standing, ledger) =>
      PRODUCTION.takeHello(
        {
          ...answer,
          serverEpoch: standing.marks.serverEpoch ?? answer.serverEpoch,
          head: Math.max(answer.head, standing.marks.cursor),
        },
        standing,
        ledger,
      ),
    applyPull: (page, standing, ledger, chance) =>
      PRODUCTION.applyPull(
        {
          ...page,
          serverEpoch: standing.marks.serverEpoch ?? '',
          head: Math.max(page.head, standing.marks.cursor),
        },
        standing,
        ledger,
        chance,
      ),
  }),
  'acknowledged-believed': protocol('what was acknowledged is never missed in an epoch that goes on', {
    isAnew: (answer, marks) => PRODUCTION.isAnew(answer, marks, []),
    takeHello: (answer, standing, ledger) =>
      PRODUCTION.takeHello(answer, standing, { ...ledger, acknowledged: [] }),
  }),
  'own-only-offered': protocol('after a restore nothing is offered again', {
    takeHello: (answer, standing, ledger) => {
      const step = PRODUCTION.takeHello(answer, standing, ledger);
      return { ...step, marks: { ...step.marks, uploaded: standing.marks.uploaded } };
    },
  }),
  'cut-reply-believed': protocol('a reply that never came counts as success', {
    readReply: (raw, schema, nowMs) => {
      const reply = PRODUCTION.readReply(raw, schema, nowMs);
      return reply.kind === 'unknown' ? PRODUCTION.readReply(EMPTY_PAGE, schema, nowMs) : reply;
    },
    takeVerdicts: (batch, results, standing) =>
      PRODUCTION.takeVerdicts(
        batch,
        results.length === 0
          ? batch.items.map(({ event }) => ({ id: event.id, status: 'ok' as const }))
          : results,
        standing,
      ),
  }),
  'gap-ignored': protocol('a gap counts as success', {
    takeVerdicts: (batch, results, standing) =>
      PRODUCTION.takeVerdicts(
        batch,
        results.map((result) => (result.status === 'gap' ? { ...result, status: 'ok' as const } : result)),
        standing,
      ),
  }),
  // The till would miss what was acknowledged at its next hello, and offer it again: so that must not be missed either.
  'conflict-ignored': protocol('a conflict counts as success, and is not missed later', {
    isAnew: (answer, marks) => PRODUCTION.isAnew(answer, marks, []),
    takeHello: (answer, standing, ledger) =>
      PRODUCTION.takeHello(answer, standing, { ...ledger, acknowledged: [] }),
    takeVerdicts: (batch, results, standing) =>
      PRODUCTION.takeVerdicts(
        batch,
        results.map((result) =>
          result.status === 'conflict' ? { ...result, status: 'ok' as const } : result,
        ),
        standing,
      ),
  }),
  'refused-counted': protocol('what was refused still counts on its own till', {
    inShopOrder: (held) => PRODUCTION.inShopOrder(held, []),
  }),
  'lost-refusal-believed': protocol('a position filled by a refused event counts as success', {
    takeVerdicts: (batch, results, standing) =>
      PRODUCTION.takeVerdicts(
        batch,
        results.map((result) => (result.status === 'dup' ? { ...result, g: result.g ?? 1 } : result)),
        standing,
      ),
  }),
  'poison-blocks': protocol('a refused batch is sent again as it is', {
    takeRejection: (_batch, _rejected, { marks, run }) => ({ marks, run, effects: [] }),
  }),
  'poison-drops-batch': protocol('a refused batch is given up whole', {
    takeRejection: (batch, _rejected, { marks, run }) => ({
      marks: { ...marks, uploaded: batch.items.at(-1)?.n ?? marks.uploaded },
      run: { ...run, isBehind: true },
      effects: [],
    }),
  }),
  'portal-believed': protocol("a captive portal's refusal sets an event aside at once", {
    takeRejection: (batch, rejected, standing, chance) =>
      PRODUCTION.takeRejection(
        { ...batch, items: batch.items.slice(0, 1) },
        { ...rejected, isOurs: true },
        standing,
        chance,
      ),
  }),
  'retry-gives-up': protocol('after three failures a till stops', {
    planRetry: (answer, standing, chance) => {
      const step = PRODUCTION.planRetry(answer, standing, chance);
      const isOver = step.run.failures >= 3;
      return isOver ? { ...step, marks: { ...step.marks, uploaded: Number.MAX_SAFE_INTEGER } } : step;
    },
  }),
  'damage-believed': protocol('a pulled event is not checked against its hash', {
    applyPull: (page, standing, ledger, chance) => {
      const step = PRODUCTION.applyPull(page, standing, ledger, chance);
      const { damaged } = step.run;
      const bad = page.events.find(({ g }) => g === damaged?.g);
      if (!bad) return step;
      const event = bad.event as LedgerEvent;
      if (ledger.find(event.id) || ledger.findAt(event.stream, event.seq)) return step;
      return {
        ...step,
        marks: { ...step.marks, cursor: bad.g },
        run: { ...standing.run, damaged: null },
        writes: [...step.writes, { write: 'insert', g: bad.g, event }],
      };
    },
  }),
  'own-order': protocol('each till folds in the order in which it heard', {
    inShopOrder: (held, setAside) =>
      PRODUCTION.inShopOrder(
        held.map((one) => ({ ...one, g: null })),
        setAside,
      ),
  }),
  'clock-order': protocol('each till folds in the order of the clocks', {
    inShopOrder: (held, setAside) =>
      [...PRODUCTION.inShopOrder(held, setAside)].sort(
        (a, b) => (a as unknown as LedgerEvent).wall - (b as unknown as LedgerEvent).wall,
      ),
  }),
  'stamp-of-the-wall': protocol("a stamp is whatever the till's clock says", {
    tickHlc: (_state, nowMs) => ({ wallMs: Math.max(0, nowMs), counter: 0 }),
  }),
  'moved-body-changed': protocol('an event that moves gets its position into its hash', {
    moveEvent: (event, head) => {
      const moved = PRODUCTION.moveEvent(event, head);
      return { ...moved, event: { ...moved.event, body: moved.event.link } };
    },
  }),
  'queue-skipped': protocol('newer events overtake older ones', {
    planPush: (queue, run, batch, serverEpoch) => {
      const items = [...queue];
      const streams = new Map(items.map((held) => [held.event.stream, held]));
      const last = [...streams.keys()].at(-1);
      return PRODUCTION.planPush(
        items.filter(({ event }) => event.stream === last),
        run,
        batch,
        serverEpoch,
      );
    },
  }),
  'excess-handed-over': protocol('a confirmed redemption is handed over without a look at the card', {
    decideHandOver: (request) =>
      request.confirmed ? { do: 'hand-over', isConfirmed: true } : PRODUCTION.decideHandOver(request),
  }),
  'redeemed-below-zero': protocol('a redemption that nothing pays for takes units all the same', {
    foldMember: (member, events, programs, onLapse, person) => {
      const state = PRODUCTION.foldMember(member, events, programs, onLapse, person);
      const excess = state.exceptions.filter(({ kind }) => kind === 'excess-redemption').length;
      return {
        ...state,
        exceptions: [],
        programs: state.programs.map((program) =>
          Object.assign({}, program, { spent: program.spent + excess }),
        ),
      };
    },
  }),
  'joined-twice': protocol('the joining bonus counts for every enrolment of a number', {
    findGroups: (events, links) =>
      PRODUCTION.findGroups(events, links).map((group) => Object.assign({}, group, { withoutJoining: [] })),
  }),
  'canonical-by-id': protocol('whoever has the lowest id stands for a group', {
    findGroups: (events, links) =>
      PRODUCTION.findGroups(events, links).map((group) => {
        const members = [...group.members].sort((a, b) => (a < b ? -1 : 1));
        return Object.assign({}, group, { members, canonical: members[0] ?? group.canonical });
      }),
  }),
  'unmerge-ignored': protocol('who was told apart is put together again', {
    listActiveMerges: (events) =>
      PRODUCTION.listActiveMerges([...events].filter(({ type }) => type !== 'unmerge')),
  }),
  'unmerge-of-what-is-here': protocol('an unmerge takes back no merge that comes later', {
    listActiveMerges: (events) => {
      const all = [...events];
      const late = all.filter(({ type }, index) =>
        type === 'merge' ? all.slice(0, index).some((one) => one.type === 'unmerge') : false,
      );
      const before = PRODUCTION.listActiveMerges(all);
      const again = PRODUCTION.listActiveMerges(late);
      return [...before, ...again.filter(({ id }) => before.every((one) => one.id !== id))];
    },
  }),
  'equal-stamp-kept': protocol('of two documents with one stamp each till keeps its own', {
    takeDocument: (doc, here, from) =>
      doc.kind === 'profile' && doc.profile.hlc === here.profile?.hlc
        ? 'none'
        : PRODUCTION.takeDocument(doc, here, from),
  }),
  'late-edit-revives': protocol('a document later than a tombstone brings somebody back', {
    takeDocument: (doc, here, from) =>
      doc.kind === 'profile' && here.erased !== undefined ? 'keep' : PRODUCTION.takeDocument(doc, here, from),
  }),
  'older-document-taken': protocol('a document is taken whatever its stamp', {
    takeDocument: (doc, here, from) =>
      doc.kind === 'profile' && here.erased === undefined ? 'keep' : PRODUCTION.takeDocument(doc, here, from),
  }),
};

const EMPTY_PAGE = { kind: 'http', status: 200, retryAfter: null, text: '{"results":[]}' } as const;
