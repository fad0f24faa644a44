import fc from 'fast-check';
import { makeProgramBook, type ProgramBook, type ProgramDefinition } from '#shared/domain/program.ts';
import { sealEvent, type SealContext, type StreamHead } from '#shared/ledger/stream.ts';
import { UNASSIGNED_STAFF, type EventDraft, type KnownEvent } from '#shared/ledger/event.ts';
import type { EventId, MemberId, PlainDay, ShopId, StreamId, TillId } from '#shared/lib/brand.ts';
import { formatHlc, HLC_ZERO, tickHlc } from '#shared/lib/hlc.ts';
import { addDays } from '#shared/lib/plain-day.ts';

export const MEMBER = 'member-1' as MemberId;

/** Two versions of one stamp program with a milestone, and a second program beside it. */
export const PROGRAM_DEFINITIONS: readonly ProgramDefinition[] = [
  stampProgram({ id: 'coffee', version: 1, size: 10, milestoneAt: 5 }),
  stampProgram({ id: 'coffee', version: 2, size: 8, milestoneAt: null }),
  stampProgram({ id: 'bread', version: 1, size: 3, milestoneAt: null }),
];
export const PROGRAMS: ProgramBook = makeProgramBook(PROGRAM_DEFINITIONS);

export function stampProgram(request: {
  readonly id: string;
  readonly version: number;
  readonly size: number;
  readonly milestoneAt: number | null;
}): ProgramDefinition {
  const { id, version, size, milestoneAt } = request;
  return {
    id,
    version,
    name: id,
    unit: { kind: 'stamps', size, icon: 'cup' },
    earn: [{ kind: 'visit', id: 'visit', units: 1 }],
    headStart: 0,
    rewards: [
      ...(milestoneAt === null
        ? []
        : [{ kind: 'free-item' as const, id: 'milestone', at: milestoneAt, name: 'Cookie' }]),
      { kind: 'free-item', id: 'final', at: size, name: 'Free one' },
    ],
    limits: { perVisit: null, perDay: null, minutesBetween: null },
    expiry: { kind: 'none' },
  };
}

/** An action of a random history; `void` names an earlier action by its place (modulo its own). */
export type Action =
  | {
      readonly kind: 'grant';
      readonly type: 'visit' | 'paper-card' | 'opening';
      readonly program: ProgramDefinition;
      readonly units: number;
    }
  | {
      readonly kind: 'enrol';
      readonly program: ProgramDefinition;
      readonly units: number;
      readonly visit: boolean;
    }
  | { readonly kind: 'adjust'; readonly program: ProgramDefinition; readonly units: number }
  | { readonly kind: 'redeem'; readonly program: ProgramDefinition; readonly reward: string }
  | { readonly kind: 'void'; readonly place: number };

const program = fc.constantFrom(...PROGRAM_DEFINITIONS);
const units = fc.integer({ min: 1, max: 25 });

export const grantAction: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('grant' as const),
  type: fc.constantFrom('visit' as const, 'paper-card' as const, 'opening' as const),
  program,
  units,
});

export const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: grantAction },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('enrol' as const), program, units, visit: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('adjust' as const),
      program,
      units: fc.integer({ min: -30, max: 10 }).filter((value) => value !== 0),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('redeem' as const),
      program,
      reward: fc.constantFrom('final', 'milestone'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('void' as const), place: fc.nat({ max: 40 }) }) },
);

function draftOf(step: Action, index: number, ids: readonly EventId[]): EventDraft {
  const base = { id: `event-${index}` as EventId, staff: UNASSIGNED_STAFF, member: MEMBER };
  const grants = (entry: ProgramDefinition, count: number, rule: string) => [
    { program: entry.id, version: entry.version, rule, units: count },
  ];
  switch (step.kind) {
    case 'grant': {
      const given = grants(step.program, step.units, step.type);
      if (step.type === 'visit') return { ...base, type: 'visit', data: { count: 1, grants: given } };
      if (step.type === 'opening')
        return { ...base, type: 'opening', data: { grants: given, import: 'import-1' } };
      return { ...base, type: 'paper-card', data: { grants: given } };
    }
    case 'enrol':
      return {
        ...base,
        type: 'enrolment',
        data: { by: 'phone', visit: step.visit ? 1 : 0, grants: grants(step.program, step.units, 'joining') },
      };
    case 'adjust':
      return {
        ...base,
        type: 'adjustment',
        data: { grants: grants(step.program, step.units, 'adjustment'), reason: 'test' },
      };
    case 'redeem':
      return {
        ...base,
        type: 'redemption',
        data: { program: step.program.id, version: step.program.version, reward: step.reward, cost: 0 },
      };
    case 'void':
      return { ...base, type: 'void', data: { target: ids[step.place % Math.max(1, index)] ?? 'nobody' } };
  }
}

/** Seals drafts into one stream, one minute apart, four to a day. */
export function sealAll(drafts: readonly EventDraft[], stream = 'stream-1'): KnownEvent[] {
  const till = 'till-1' as TillId;
  let head: StreamHead = { stream: stream as StreamId, seq: 0, link: '' };
  let clock = HLC_ZERO;
  return drafts.map((draft, index) => {
    const wall = Date.UTC(2026, 0, 1) + index * 60_000;
    clock = tickHlc(clock, wall);
    const context: SealContext = {
      shop: 'shop-1' as ShopId,
      till,
      hlc: formatHlc(clock, till),
      wall,
      tz: 'UTC',
      day: addDays('2026-01-01' as PlainDay, Math.floor(index / 4)),
    };
    const sealed = sealEvent(draft, head, context);
    head = sealed.head;
    return sealed.event;
  });
}

export function eventsOf(actions: readonly Action[]): KnownEvent[] {
  const ids = actions.map((_, index) => `event-${index}` as EventId);
  return sealAll(actions.map((step, index) => draftOf(step, index, ids)));
}

export const history: fc.Arbitrary<KnownEvent[]> = fc.array(action, { maxLength: 40 }).map(eventsOf);
