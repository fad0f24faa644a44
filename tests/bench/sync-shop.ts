import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePreset } from '#shared/domain/presets.ts';
import { listCurrentPrograms, makeProgramBook, type ProgramBook } from '#shared/domain/program.ts';
import { planVisit } from '#shared/domain/earn.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import { UNASSIGNED_STAFF, type EventDraft, type KnownEvent } from '#shared/ledger/event.ts';
import { sealEvent, type StreamHead } from '#shared/ledger/stream.ts';
import type { EventId, PlainDay, ProgramId, ShopId, StreamId, TillId } from '#shared/lib/brand.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import { formatHlc, HLC_ZERO, tickHlc } from '#shared/lib/hlc.ts';
import { encodeBase64 } from '#shared/lib/base64.ts';
import { sha256Hex } from '#shared/lib/sha256.ts';
import { MAX_BATCH_EVENTS } from '#shared/sync/wire.ts';
import { randomBytes } from '#renderer/platform/random-bytes.ts';
import { nextState } from '#renderer/data/projections.ts';
import { createProfileSealer, type ProfileSealer } from '#renderer/sync/seal-profile.ts';
import { openEmbeddedStore } from '#server/embedded/embedded-store.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { openPGlite } from '#server/store/pglite-database.ts';
import { enrolmentDraft, profileContent } from './member-rows.ts';
import { COUNTRY, idOf, memberAt } from './member-source.ts';

/** A shop that four tills have filled at an endpoint, made once through the endpoint's own store and kept. */

export const SHOP = 'bench-shop' as ShopId;
export const SHOP_KEY = encodeBase64(new Uint8Array(32).fill(7));
/** Of each member: joining with a visit, and nine visits more. */
export const EVENTS_EACH = 10;
const TILLS = 4;
/** Of so many members one had a visit taken back. */
const VOIDS_EVERY = 50;
const VOIDED_VISIT = EVENTS_EACH - 3;
/** A visit comes back when so many others have been there. */
const RETURNS_AFTER = 0.05;
const ZONE = 'UTC';
const STREAM_LENGTH = 2000;

/** In the shop's order, a batch of one till after the other. */
function* batchesOf(members: number): Generator<readonly KnownEvent[]> {
  const pen = createPen();
  const { programs } = pen;
  const states = new Map<number, MemberState>();
  /** What stood there before a visit that is taken back with the next event, and when that was. */
  const undone = new Map<number, { readonly before: MemberState; readonly atMs: number }>();
  const gap = Math.max(1, Math.floor(members * RETURNS_AFTER));
  let batch: KnownEvent[] = pen.opening();
  for (let turn = 0; turn < members + gap * (EVENTS_EACH - 1); turn += 1) {
    for (let visit = 0; visit < EVENTS_EACH; visit += 1) {
      const index = turn - visit * gap;
      if (index < 0 || index >= members) continue;
      const before = states.get(index);
      const atMs = memberAt(turn).joinedAt + visit;
      const wrong = undone.get(index);
      if (before && index % VOIDS_EVERY === 0 && visit === VOIDED_VISIT) undone.set(index, { before, atMs });
      if (wrong) undone.delete(index);
      const draft = wrong
        ? voidDraft(index, { atMs, wrongAtMs: wrong.atMs })
        : before
          ? visitDraft({ index, visit, atMs, before, programs })
          : enrolmentDraft(index, programs);
      const event = pen.write(draft, atMs);
      states.set(index, wrong?.before ?? nextState({ before, event, history: undefined, programs }));
      if (visit === EVENTS_EACH - 1) states.delete(index);
      batch.push(event);
      if (batch.length < MAX_BATCH_EVENTS) continue;
      yield batch;
      batch = [];
      pen.turn();
    }
  }
  if (batch.length > 0) yield batch;
}

function visitDraft(request: {
  readonly index: number;
  readonly visit: number;
  readonly atMs: number;
  readonly before: MemberState;
  readonly programs: ProgramBook;
}): EventDraft {
  const { index, visit, atMs, before, programs } = request;
  const plan = planVisit({
    state: before,
    programs: listCurrentPrograms(programs),
    count: 1,
    atMs,
    day: dayOf(atMs),
    timeZone: ZONE,
  });
  return {
    id: visitId(index, atMs, visit),
    type: 'visit',
    member: memberAt(index).id,
    staff: UNASSIGNED_STAFF,
    data: { count: 1, grants: [...plan.grants] },
  };
}

const voidDraft = (
  index: number,
  { atMs, wrongAtMs }: { readonly atMs: number; readonly wrongAtMs: number },
): EventDraft => ({
  id: visitId(index, atMs, VOIDED_VISIT + 1),
  type: 'void',
  member: memberAt(index).id,
  staff: UNASSIGNED_STAFF,
  data: { target: visitId(index, wrongAtMs, VOIDED_VISIT) },
});

const visitId = (index: number, atMs: number, visit: number): EventId =>
  idOf(index, atMs, visit + 1) as string as EventId;

/** Writes as one till after the other, each on streams of its own. */
function createPen() {
  const names = { name: 'Coffee card', finalReward: 'Free coffee' };
  const preset = makePreset({ key: 'coffee', id: 'coffee' as ProgramId, names, currency: 'EUR' });
  const program = { ...preset, headStart: 0 };
  const heads = new Map<TillId, StreamHead>();
  let clock = HLC_ZERO;
  let shift = 0;
  let streams = 0;

  function write(draft: EventDraft, wall: number): KnownEvent {
    const till = `bench-till-${shift % TILLS}` as TillId;
    let head = heads.get(till);
    if (!head || head.seq === STREAM_LENGTH) {
      streams += 1;
      head = { stream: `bench-stream-${streams}` as StreamId, seq: 0, link: '' };
    }
    clock = tickHlc(clock, wall);
    const hlc = formatHlc(clock, till);
    const day = dayOf(wall);
    const sealed = sealEvent(draft, head, { shop: SHOP, till, hlc, wall, tz: ZONE, day });
    heads.set(till, sealed.head);
    return sealed.event;
  }

  return {
    programs: makeProgramBook([program]),
    write,
    turn: () => void (shift += 1),
    opening(): KnownEvent[] {
      const { joinedAt } = memberAt(0);
      const shop = { name: 'Bench Coffee', country: COUNTRY, language: 'en' };
      const staff = UNASSIGNED_STAFF;
      return [
        write({ id: 'shop-1' as EventId, type: 'shop', staff, data: shop }, joinedAt),
        write({ id: 'program-1' as EventId, type: 'program', staff, data: { program } }, joinedAt),
      ];
    },
  };
}

/** In universal time: Node has no calendars yet. */
const dayOf = (atMs: number): PlainDay => new Date(atMs).toISOString().slice(0, 10) as PlainDay;

async function fill(store: EventStore, members: number, report: (done: number) => void): Promise<void> {
  await store.createShop({ shop: SHOP, atMs: 0 });
  let done = 0;
  for (const events of batchesOf(members)) {
    const verdicts = await store.acceptBatch({ shop: SHOP, till: 'bench', events, atMs: 0 });
    if (!verdicts.every(({ status }) => status === 'ok')) throw new Error('the endpoint refused an event');
    done += events.length;
    report(done);
  }
  const sealer = await createProfileSealer({
    subtle: crypto.subtle,
    randomBytes,
    shop: SHOP,
    shopKey: SHOP_KEY,
  });
  if (!sealer) throw new Error('the key is none');
  for (let from = 0; from < members; from += MAX_BATCH_EVENTS) {
    const count = Math.min(MAX_BATCH_EVENTS, members - from);
    const docs = await Promise.all(
      Array.from({ length: count }, (_, at) => sealedProfile(sealer, from + at)),
    );
    await store.putProfiles({ shop: SHOP, docs });
  }
}

function sealedProfile(sealer: ProfileSealer, index: number) {
  const { id, joinedAt } = memberAt(index);
  const hlc = formatHlc({ wallMs: joinedAt, counter: 0 }, 'bench-till-0' as TillId);
  return sealer.close({ kind: 'profile', profile: { member: id, hlc, ...profileContent(index) } });
}

/** Changes with the events' bytes, not with how they are made. */
function shapeHash(): string {
  const [first] = batchesOf(100);
  return sha256Hex(canonicalJson([first, EVENTS_EACH, MAX_BATCH_EVENTS])).slice(0, 12);
}

const SAY_EVERY = 100_000;

/** The folder of an endpoint with so many members' events and documents. @returns never to be written: work on a copy. */
export async function ensureShop(request: {
  readonly root: string;
  readonly members: number;
  readonly say: (line: string) => void;
}): Promise<string> {
  const { root, members, say } = request;
  const cache = join(root, 'node_modules', '.cache', 'tenpunch-bench');
  const folder = join(cache, `shop-${members}-${shapeHash()}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const loading = await mkdtemp(join(cache, 'loading-'));
  const store = await openEmbeddedStore({
    folder: loading,
    newEpoch: () => 'bench-epoch',
    openDatabase: openPGlite,
    onBroken: () => {
      throw new Error('the log could not be written');
    },
  });
  try {
    await fill(store, members, (done) => {
      if (done % SAY_EVERY < MAX_BATCH_EVENTS) say(`  filling an endpoint: ${done} events`);
    });
  } finally {
    await store.close();
  }
  await rename(loading, folder);
  return folder;
}

/** A folder for one endpoint: a copy of a filled one, or empty. */
export async function workingFolder(filled?: string): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'tenpunch-bench-shop-'));
  if (filled !== undefined) await cp(filled, path, { recursive: true });
  return path;
}

export const removeFolder = (path: string): Promise<void> => rm(path, { recursive: true, force: true });
