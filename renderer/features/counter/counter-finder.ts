import type { MemberRow } from '#renderer/data/rows.ts';
import { parseCardCode } from '#shared/domain/card-code.ts';
import { emptyMemberState, type MemberState } from '#shared/domain/member-state.ts';
import { nearNumbers } from '#shared/domain/phone-number.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import type { EventId, MemberId } from '#shared/lib/brand.ts';
import type { FindActions } from './counter-actions.ts';
import { CLEARED } from './counter-state.ts';
import { onlyMatch, targetKey, targetOf, type Held, type Target } from './counter-target.ts';
import type { CounterTools } from './counter-tools.ts';

/** Enter right after the match changed was meant for what stood there before. */
export const ENTER_GUARD_MS = 120;
/** More matches than a glance takes in are no help. */
const SHOWN_MATCHES = 8;

/** The ids of the open intent. */
export interface OpenIds {
  readonly key: string;
  readonly id: EventId;
  /** For the event of whoever brought a new member. */
  readonly companionId: EventId;
  readonly member: MemberId;
}

/** Whom it is about: every answer that comes after something newer was typed is thrown away (`turn`). */
export interface Finder extends Pick<FindActions, 'move' | 'hold' | 'scan' | 'see' | 'forget'> {
  lookUp(text: string): Promise<void>;
  read(member: MemberId): Promise<Held | undefined>;
  /** The ids of the open intent; new ones as soon as it is about somebody else. */
  openIds(target: Target): OpenIds;
  /** The intent was carried out: the next one begins anew. */
  closeIds(): void;
  /** Whatever is still on its way is nobody's any more. */
  moveOn(): void;
  /** What stands on screen and is meant: nothing while an answer is on its way or a command runs. */
  settledTarget(): Target | undefined;
  /** The same, and there long enough to have been looked at. */
  seenTarget(): Target | undefined;
  /** A scan that came while a command ran. */
  scanQueued(): Promise<void>;
}

export function createFinder(tools: CounterTools): Finder {
  const { get, set, store, clock, ids, fail, guarded, play } = tools;
  const { search, database } = store;
  /** Raised by everything that changes the subject. */
  let turn = 0;
  let open: OpenIds | undefined;
  let queuedScan: string | undefined;

  function openIds(target: Target): OpenIds {
    const key = targetKey(target);
    if (open?.key !== key) {
      open = { key, id: ids.eventId(), companionId: ids.eventId(), member: ids.memberId() };
    }
    return open;
  }

  async function lookUp(text: string): Promise<void> {
    const own = (turn += 1);
    const matches = await search.search(text, SHOWN_MATCHES);
    const only = onlyMatch(matches);
    const state = only && (await search.getState(only.id));
    if (own !== turn) return;
    const before = targetKey(targetOf(get()));
    const found = { text, matches, state: state ?? (only && emptyMemberState(only.id)) };
    const target = targetOf({ ...get(), found });
    openIds(target);
    set({ found, ...(targetKey(target) === before ? {} : { foundAt: clock.now() }) });
    if (target.kind === 'member') void guarded(() => learnAbout(target.state));
    if (target.kind !== 'new-number') return;
    const slips = await search.listHolders(nearNumbers(target.number, store.region().callingCode));
    // Members whose longer number begins or ends with this one are just as likely meant.
    const near = [...new Map([...matches.rows, ...slips].map((row) => [row.id, row])).values()];
    if (own === turn) set({ near, foundAt: clock.now() });
  }

  /** What a birthday gift and a first visit ask for besides the cards. The match is on screen by then. */
  async function learnAbout({ member, visits, referredBy }: MemberState): Promise<void> {
    const own = turn;
    const hasGifts = tools.listPrograms().some(({ rewards }) => rewards.some((reward) => reward.birthday));
    const referrer = visits === 0 ? referredBy : null;
    if (!hasGifts && referrer === null) return;
    const [profile, brought] = await Promise.all([
      database.profiles.get(member),
      referrer === null ? undefined : search.getState(referrer),
    ]);
    if (own === turn) set({ background: { member, birthday: profile?.birthday ?? null, brought } });
  }

  async function read(member: MemberId): Promise<Held | undefined> {
    const [row, state] = await Promise.all([search.get(member), search.getState(member)]);
    return row && { row, state: state ?? emptyMemberState(member) };
  }

  function takeInHand(held: Held): void {
    const { text, found } = get();
    set({ ...CLEARED, text, found, held, foundAt: clock.now(), done: undefined, failure: undefined });
    openIds(targetOf(get()));
    void guarded(() => learnAbout(held.state));
  }

  function settledTarget(): Target | undefined {
    const { text, found, held, taking, unknownCard, dialog, isBusy } = get();
    if (dialog || isBusy || taking !== undefined) return undefined;
    const isStale = !held && unknownCard === undefined && (found?.text ?? '') !== text;
    return isStale ? undefined : targetOf(get());
  }

  /** A scanner may also read a phone number that is printed as a barcode. */
  async function findByNumber(code: string): Promise<MemberRow | undefined> {
    const found = await search.search(code, 1);
    return found.isExact ? found.rows[0] : undefined;
  }

  async function scan(code: string): Promise<void> {
    if (get().isBusy) {
      // Read while the last stamp is being kept: next.
      queuedScan = code;
      return;
    }
    const own = (turn += 1);
    set({ ...CLEARED, done: undefined, failure: undefined, dialog: undefined });
    await guarded(async () => {
      const row = (await search.findByCard(code)) ?? (await findByNumber(code));
      const held = row && (await read(row.id));
      if (own !== turn) return;
      if (held) return takeInHand(held);
      const unknownCard = parseCardCode(code);
      if (unknownCard === undefined) return fail({ code: 'unknown-card' });
      set({ unknownCard, foundAt: clock.now() });
      openIds(targetOf(get()));
      play('refused');
    });
  }

  return {
    lookUp,
    read,
    openIds,
    settledTarget,
    scan,

    closeIds: () => {
      open = undefined;
    },

    moveOn: () => {
      turn += 1;
    },

    seenTarget() {
      const waitedMs = clock.now() - get().foundAt;
      // A clock that was set back in between says nothing about eyes.
      return waitedMs >= 0 && waitedMs < ENTER_GUARD_MS ? undefined : settledTarget();
    },

    async scanQueued() {
      const scanned = queuedScan;
      queuedScan = undefined;
      if (scanned !== undefined) await scan(scanned);
    },

    move(by) {
      const { found, held, taking, near } = get();
      const listed = found?.matches.rows ?? [];
      const rows = listed.length > 0 ? listed : (near ?? []);
      if (rows.length === 0) return;
      const from = taking ?? held?.row.id;
      const at = from === undefined ? -1 : rows.findIndex((row) => row.id === from);
      const next = rows[at === -1 && by === -1 ? rows.length - 1 : (at + by + rows.length) % rows.length];
      if (next) void get().hold(next.id);
    },

    async hold(member) {
      if (get().isBusy) return;
      const own = (turn += 1);
      set({ taking: member });
      await guarded(async () => {
        const held = await read(member);
        if (own !== turn) return;
        if (held) takeInHand(held);
        else fail({ code: 'member-gone' });
      });
      if (own === turn) set({ taking: undefined });
    },

    see(state) {
      const { held, found } = get();
      const shown = held?.row.id === state.member ? held.state : found?.state;
      // The first live answer repeats what was just found: nothing to draw again.
      if (shown && canonicalJson(shown) === canonicalJson(state)) return;
      if (held?.row.id === state.member) set({ held: { ...held, state } });
      else if (found?.state?.member === state.member) set({ found: { ...found, state } });
    },

    forget(member) {
      const { held, found, done, dialog } = get();
      if ((held?.row.id ?? found?.state?.member) !== member) return;
      // A reward that waits for a manager's word has to be decided.
      if (dialog?.kind === 'approve') return;
      turn += 1;
      set({ ...CLEARED, dialog: undefined, done: done?.member === member ? undefined : done });
      fail({ code: 'member-gone' });
    },
  };
}
