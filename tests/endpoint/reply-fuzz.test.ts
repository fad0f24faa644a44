import { afterAll, expect, test } from 'vitest';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import { findEventFault } from '#shared/ledger/stream.ts';
import { takeHello } from '#shared/sync/after-hello.ts';
import { applyPull } from '#shared/sync/apply-pull.ts';
import { parseInvitation } from '#shared/sync/invitation.ts';
import { createLiveReader } from '#shared/sync/live-messages.ts';
import { readPairingReply } from '#shared/sync/pairing-exchange.ts';
import { packDocs, startDocs, takeDocPage, takeDocVerdicts } from '#shared/sync/plan-profiles.ts';
import { planPush, takeRejection, takeVerdicts, type Batch } from '#shared/sync/plan-push.ts';
import { planRetry } from '#shared/sync/plan-retry.ts';
import { readReply, type RawReply } from '#shared/sync/read-reply.ts';
import { readSyncFile } from '#shared/sync/read-sync-file.ts';
import { FRESH_MARKS, startRun, type Held, type SyncMarks } from '#shared/sync/sync-state.ts';
import {
  helloAnswerSchema,
  liveSchema,
  profileVerdictsSchema,
  pullAnswerSchema,
  pullProfilesSchema,
  pushAnswerSchema,
  tillsSchema,
} from '#shared/sync/wire.ts';
import { visitsOf } from '#tests/fakes/visits.ts';
import { anyText, bentEvents, bentTimes, createDice, oddValue, type Dice } from './bent.ts';

// What a till does with any reply at all: nothing is thrown, nothing changes that the reply has no say in, and no half of a
// page or of a batch counts. FUZZ_INPUTS sets how many for each kind of request, FUZZ_SEED where they begin.

const INPUTS = Number(process.env['FUZZ_INPUTS'] ?? 400);
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
const NOW = Date.UTC(2026, 0, 1);
const LONG_MS = 24 * 60 * 60 * 1000;

const own = visitsOf({ stream: 'own', count: 6 });
/** Two of ours have a place already, the others wait. */
const HELD: readonly Held<LedgerEvent>[] = own.map((event, index) => ({
  n: index + 1,
  event,
  g: index < 2 ? index + 1 : null,
}));
const QUEUE = HELD.slice(2);
const MARKS: SyncMarks = {
  ...FRESH_MARKS,
  serverEpoch: 'epoch-1',
  cursor: 2,
  docCursor: 3,
  uploaded: 2,
  setAside: [{ id: 'aside', code: 'bad-body', n: 1 }],
};
const STANDING = { marks: MARKS, run: startRun({ isPaired: true, batchLimit: 500 }) };
const BATCH = planPush(QUEUE, STANDING.run, 'batch', 'epoch-1') as Batch;
const DOCS = [
  { member: 'm', hlc: '1', sealed: 'x' },
  { member: 'n', hlc: '2', sealed: 'y' },
];
const DOC_BATCH = packDocs(DOCS, startDocs());
const LEDGER = {
  shop: 'shop-1',
  till: 'till-of-own',
  find: (id: string) => HELD.find(({ event }) => event.id === id),
  findAt: (stream: string, seq: number) =>
    HELD.find(({ event }) => event.stream === stream && event.seq === seq),
};

const rightAnswers = {
  hello: (dice: Dice) => ({
    serverEpoch: dice.pick(['epoch-1', 'epoch-1', 'epoch-2']),
    time: NOW,
    streams: [{ stream: 'own', lastSeq: dice.below(8), link: 'f'.repeat(64) }],
    head: dice.below(9),
    docHead: dice.below(9),
    minApp: '0.0.0',
    flags: dice.pick([[], [], ['fork'], ['revoked', 'behind']]),
  }),
  push: (dice: Dice) => ({
    results: QUEUE.map(({ event }, index) => ({
      id: event.id,
      status: dice.pick(['ok', 'ok', 'ok', 'dup', 'alias', 'held', 'refused', 'conflict', 'gap']),
      ...(dice.hits(0.8) ? { g: index + 3 } : {}),
      ...(dice.hits(0.2) ? { code: dice.pick(['id-taken', 'position-taken', 'bad-body']) } : {}),
    })),
  }),
  pull: (dice: Dice) => {
    const events = dice.hits(0.3) ? own : bentEvents(dice);
    const from = dice.pick([1, 3, 3, 3, 4]);
    return {
      serverEpoch: dice.hits(0.95) ? 'epoch-1' : 'epoch-2',
      events: events.map((event, index) => ({ g: from + index, event })),
      head: from + events.length - 1 + dice.below(2),
    };
  },
  profiles: (dice: Dice) => ({
    docs: DOCS.map((doc, index) => ({ p: 4 + index * (1 + dice.below(2)), ...doc })),
    docHead: 5,
  }),
  verdicts: () => ({ results: DOCS.map(({ member }) => ({ member, status: 'ok' })) }),
  tills: () => ({ tills: [{ till: 't', name: 'n', app: '1', pairedAt: 0, revokedAt: null }] }),
  pair: () => ({ shop: 'shop-1', token: 'token' }),
};
type Kind = keyof typeof rightAnswers;
const KINDS = Object.keys(rightAnswers) as Kind[];

const STATUSES = [
  200, 200, 200, 200, 200, 200, 204, 301, 400, 401, 403, 404, 409, 413, 422, 426, 429, 500, 503,
];

function anyReply(kind: Kind, dice: Dice): RawReply {
  if (dice.hits(0.02)) return { kind: 'failed', because: dice.pick(['timeout', 'network', 'tls']) };
  const error = () => ({
    error: { code: dice.pick(['revoked', 'other-epoch', 'x']), message: '', request: '' },
  });
  const status = dice.hits(0.97) ? dice.pick(STATUSES) : dice.below(1000);
  const value = status === 200 ? rightAnswers[kind](dice) : error();
  const text = dice.hits(0.95) ? (JSON.stringify(bentTimes(dice, value)) ?? '') : anyText(dice, 50);
  return {
    kind: 'http',
    status,
    retryAfter: dice.hits(0.7)
      ? null
      : dice.pick(['5', '-1', 'soon', '9'.repeat(30), 'Thu, 01 Jan 2026 00:00:09 GMT']),
    text: dice.hits(0.05) ? text.slice(0, dice.below(text.length + 1)) : text,
  };
}

const seen = new Map<string, number>();
const note = (what: string) => void seen.set(what, (seen.get(what) ?? 0) + 1);

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

const isSame = (before: SyncMarks, after: SyncMarks, ...changed: readonly (keyof SyncMarks)[]): boolean =>
  (Object.keys(before) as (keyof SyncMarks)[]).every(
    (key) => changed.includes(key) || before[key] === after[key],
  );

function checkHello(raw: RawReply): void {
  const reply = readReply(raw, helloAnswerSchema, NOW);
  note(`hello ${reply.kind}`);
  if (reply.kind !== 'answer') return checkNone(reply);
  const { marks, effects, run } = takeHello(reply.value, STANDING, {
    queue: QUEUE,
    findAt: LEDGER.findAt,
    acknowledged: QUEUE,
  });
  must(marks.uploaded <= MARKS.uploaded, 'a hello settled something');
  if (marks.serverEpoch === MARKS.serverEpoch && marks.cursor === MARKS.cursor)
    return must(isSame(MARKS, marks, 'uploaded'), 'a hello changed a mark');
  must(marks.cursor === 0 && marks.docCursor === 0 && marks.uploaded === 0, 'half a new beginning');
  must(
    effects.some((effect) => effect.do === 'forget-places'),
    'a new beginning with old places',
  );
  must(run.phase.kind !== 'stopped', 'a new beginning of a till that is out');
}

function checkPush(raw: RawReply): void {
  const reply = readReply(raw, pushAnswerSchema, NOW);
  note(`push ${reply.kind}`);
  if (reply.kind === 'rejected') {
    const { marks } = takeRejection(BATCH, reply, STANDING, 0.5);
    return must(marks === MARKS, 'four events were given up at once');
  }
  if (reply.kind !== 'answer') return checkNone(reply);
  const { results } = reply.value;
  const step = takeVerdicts(BATCH, results, STANDING);
  if (!step) return note('push of another batch');
  must(results.length === QUEUE.length, 'verdicts on another batch were believed');
  must(isSame(MARKS, step.marks, 'uploaded', 'setAside', 'cursor'), 'verdicts changed another mark');
  const placed = step.writes.map(({ g }) => g);
  must(
    placed.every((g, index) => g === MARKS.cursor + 1 + index) &&
      step.marks.cursor === MARKS.cursor + placed.length,
    'a place that is not right behind the cursor',
  );
  const halt = results.findIndex(
    ({ status, code, g }) =>
      status === 'gap' ||
      (status === 'conflict' && code !== 'id-taken') ||
      // Refused before, and whole here: it has to find another position.
      (status === 'dup' && g === undefined),
  );
  const done = halt < 0 ? QUEUE.length : halt;
  must(
    step.marks.uploaded === (QUEUE[done - 1]?.n ?? MARKS.uploaded),
    'more or less was settled than was said',
  );
  const fresh = step.marks.setAside.filter((aside) => !MARKS.setAside.includes(aside));
  const settled = new Set<string>(QUEUE.slice(0, done).map(({ event }) => event.id));
  must(
    fresh.every(({ id }) => settled.has(id)),
    'something else was set aside',
  );
  must(
    MARKS.setAside.every((aside) => step.marks.setAside.includes(aside)),
    'what was set aside is forgotten',
  );
}

function checkPull(raw: RawReply): void {
  const reply = readReply(raw, pullAnswerSchema, NOW);
  note(`pull ${reply.kind}`);
  if (reply.kind !== 'answer') return checkNone(reply);
  const page = reply.value;
  const { marks, writes } = applyPull(page, STANDING, LEDGER, 0.5);
  if (page.serverEpoch !== 'epoch-1')
    return must(marks === MARKS && writes.length === 0, 'a page of another endpoint');
  must(isSame(MARKS, marks, 'cursor', 'setAside'), 'a page changed another mark');
  must(marks.cursor >= MARKS.cursor, 'the cursor fell');
  const places = writes.map(({ g }) => g);
  must(new Set(places).size === places.length, 'a place twice');
  must(
    places.every((g) => g > MARKS.cursor && g <= marks.cursor),
    'a place that is not in the page',
  );
  const taken = page.events.findIndex(({ g }, index) => g !== MARKS.cursor + 1 + index);
  const most = taken < 0 ? page.events.length : taken;
  must(marks.cursor <= MARKS.cursor + most, 'the cursor passed a hole');
  for (const write of writes) {
    if (write.write === 'place') continue;
    const { event } = write;
    const fault = findEventFault(event, { seq: event.seq - 1, link: event.prev });
    must(fault === undefined, 'an event that nobody can have written');
    note('pull took an event');
  }
}

function checkProfiles(raw: RawReply): void {
  const reply = readReply(raw, pullProfilesSchema, NOW);
  note(`profiles ${reply.kind}`);
  if (reply.kind !== 'answer') return checkNone(reply);
  const step = takeDocPage(reply.value, MARKS.docCursor, startDocs());
  if (step.do !== 'take') return;
  const last = reply.value.docs.at(-1)?.p ?? MARKS.docCursor;
  must(step.docCursor === last && last >= MARKS.docCursor, 'a cursor behind or beyond the page');
}

function checkVerdicts(raw: RawReply): void {
  const reply = readReply(raw, profileVerdictsSchema, NOW);
  note(`verdicts ${reply.kind}`);
  if (reply.kind !== 'answer') return checkNone(reply);
  if (!DOC_BATCH || !takeDocVerdicts(DOC_BATCH, reply.value.results, startDocs())) return;
  must(reply.value.results.map(({ member }) => member).join(' ') === 'm n', 'verdicts on other documents');
}

function checkNone(reply: Exclude<ReturnType<typeof readReply>, { readonly kind: 'answer' }>): void {
  if (reply.kind === 'rejected') return;
  const { marks, run } = planRetry(reply, STANDING, 0.5);
  must(marks === MARKS && run.needsHello, 'an answer that is none changed something');
}

const CHECKS: Readonly<Record<Kind, (raw: RawReply) => void>> = {
  hello: checkHello,
  push: checkPush,
  pull: checkPull,
  profiles: checkProfiles,
  verdicts: checkVerdicts,
  tills: (raw) => note(`tills ${readReply(raw, tillsSchema, NOW).kind}`),
  pair: (raw) => {
    const paired = readPairingReply(raw, 'shop-1');
    note(`pair ${paired.ok}`);
    if (paired.ok) must(paired.value.shop === 'shop-1', 'paired with another shop');
  },
};

test.each(KINDS)(
  'any reply to a %s',
  (kind) => {
    for (let number = 0; number < INPUTS; number += 1) {
      const dice = createDice(SEED + KINDS.indexOf(kind) * 1000, number);
      const raw = anyReply(kind, dice);
      try {
        CHECKS[kind](raw);
      } catch (cause) {
        throw new Error(`input ${number} of seed ${SEED}, ${kind}: ${JSON.stringify(raw).slice(0, 2000)}`, {
          cause,
        });
      }
    }
    expect([...seen.keys()].filter((what) => what.startsWith(kind)).length).toBeGreaterThan(1);
  },
  LONG_MS,
);

test(
  'any text where a live message, an invitation or a sync file is expected',
  () => {
    const encoder = new TextEncoder();
    for (let number = 0; number < INPUTS; number += 1) {
      const dice = createDice(SEED - 1, number);
      const read = createLiveReader();
      const value = bentTimes(dice, { head: 1, docHead: 2 });
      const line = dice.pick([
        ': beat\n\n',
        `data: ${JSON.stringify(value)}\n\n`,
        anyText(dice, 60),
        'data:\n\n',
      ]);
      const cut = dice.below(line.length + 1);
      for (const piece of [line.slice(0, cut), line.slice(cut)]) {
        const messages = read(piece);
        if (messages === 'too-long') break;
        for (const message of messages) {
          try {
            liveSchema.safeParse(JSON.parse(message));
          } catch (error) {
            must(error instanceof SyntaxError, 'the schema threw');
          }
        }
      }
      must(parseInvitation(`tenpunch:${anyText(dice, 60)}`) === undefined, 'an invitation of nobody');
      const file = { format: 'tenpunch-sync-1', shop: 'shop-1', till: 't', batches: [], docs: DOCS };
      readSyncFile(encoder.encode(JSON.stringify(bentTimes(dice, file)) ?? ''), 'shop-1');
      readSyncFile(encoder.encode(JSON.stringify(oddValue(dice)) ?? ''), 'shop-1');
    }
    expect(createLiveReader()('data: 1\n\n')).toEqual(['1']);
  },
  LONG_MS,
);

afterAll(() => {
  if (INPUTS <= 10_000) return;
  const counts = [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, count]) => `${what} ${count}`);
  process.stdout.write(`${INPUTS} replies of each kind from seed ${SEED}: ${counts.join(', ')}\n`);
});
