import * as z from 'zod/mini';
import { MAX_AMOUNT, programSchema } from '../domain/program.ts';
import { redeemingSchema } from '../domain/redeeming.ts';
import type { Digest, EventId, MemberId, PlainDay, ShopId, StaffId, StreamId, TillId } from '../lib/brand.ts';
import type { Hlc } from '../lib/hlc.ts';
import { parseAnything } from '../lib/parse-anything.ts';
import { isPlainDay } from '../lib/plain-day.ts';
import { isPlainEvent, MAX_GRANT, MAX_ID_LENGTH, MAX_LINE_COUNT, MAX_SALE_LINES } from './plain-event.ts';

/**
 * Event types of ledger format 1. An event is one intent of one person and carries what was decided at the counter:
 * its grants say how many units each rule of each program version gave. The fold adds them up; it never asks a rule
 * again, so a changed rule, a newer app or another till can't change what a member was promised.
 */

export const LEDGER_FORMAT = 1;

/** The till's staff until people sign in with a PIN. */
export const UNASSIGNED_STAFF = 'unassigned' as StaffId;

const id = z.string().check(z.minLength(1), z.maxLength(MAX_ID_LENGTH));
const money = z.int().check(z.gte(0), z.lte(MAX_AMOUNT));
const plainDay = z.string().check(z.refine(isPlainDay));

const grantSchema = z.object({
  program: id,
  version: z.int().check(z.gte(1)),
  /**
   * What made it: the id of an earn rule, a promotion or an offer, `tier:` and the level's id, `joining`, `paper-card`,
   * `opening` or `adjustment`.
   */
  rule: z.string(),
  units: z.int().check(z.gte(0), z.lte(MAX_GRANT)),
});
export type Grant = z.infer<typeof grantSchema>;

/** Only a correction takes units away. */
const correctionSchema = z.extend(grantSchema, { units: z.int().check(z.gte(-MAX_GRANT), z.lte(MAX_GRANT)) });

export const LIMITS = ['per-visit', 'per-day', 'minutes-between', 'action-per-day'] as const;
export type LimitName = (typeof LIMITS)[number];

/** What was bought, as far as the shop's programs ask. */
const saleSchema = z.object({
  /** Minor units; null when nobody typed it. */
  amount: z.nullable(money),
  lines: z
    .array(
      z.object({
        /** Null: something of the category. */
        item: z.nullable(z.string()),
        category: z.nullable(z.string()),
        count: z.int().check(z.gte(1), z.lte(MAX_LINE_COUNT)),
      }),
    )
    .check(z.maxLength(MAX_SALE_LINES)),
  /** A kind of sale that a program excludes: "Gift card". */
  type: z.nullable(z.string()),
});
export type Sale = z.infer<typeof saleSchema>;

const donationSchema = z.object({
  program: id,
  version: z.int().check(z.gte(1)),
  charity: z.string(),
  amount: money,
});
export type Donation = z.infer<typeof donationSchema>;

/** A standing brought from elsewhere. */
const standingSchema = z.object({
  program: id,
  /** A tier's level, and the last year in which it holds. */
  tier: z.optional(z.object({ level: id, until: z.int().check(z.gte(1), z.lte(9999)) })),
  /** The last day of a paid pass. */
  passUntil: z.optional(plainDay),
});
export type Standing = z.infer<typeof standingSchema>;

const overLimitSchema = z.object({ limits: z.array(z.enum(LIMITS)), reason: z.string() });

export const eventDataSchemas = {
  /** The shop as the owner described it; the newest one holds. */
  shop: z.object({
    name: z.string(),
    country: z.string(),
    language: z.string(),
    /** Absent: as `DEFAULT_REDEEMING`. */
    redeeming: z.optional(redeemingSchema),
  }),
  program: z.object({ program: programSchema }),
  enrolment: z.object({
    by: z.enum(['phone', 'card', 'import']),
    grants: z.array(grantSchema),
    /** How many visits' worth of stamps the joining motion already counted; 0 when the member only joined. */
    visit: z.int().check(z.gte(0)),
    overLimit: z.optional(overLimitSchema),
    import: z.optional(id),
    sale: z.optional(saleSchema),
    donations: z.optional(z.array(donationSchema)),
    standings: z.optional(z.array(standingSchema)),
    referredBy: z.optional(id),
    /** The event that rewards the referrer; undone together with this one. */
    referral: z.optional(id),
  }),
  visit: z.object({
    count: z.int().check(z.gte(1)),
    grants: z.array(grantSchema),
    overLimit: z.optional(overLimitSchema),
    sale: z.optional(saleSchema),
    donations: z.optional(z.array(donationSchema)),
    /** The event that rewards the referrer; undone together with this one. */
    referral: z.optional(id),
  }),
  /** Something that is not a purchase: a review, a returned cup. */
  action: z.object({
    program: id,
    version: z.int().check(z.gte(1)),
    /** The rule's id. */
    action: id,
    grants: z.array(grantSchema),
    overLimit: z.optional(overLimitSchema),
  }),
  /** A pass, or units in advance, sold to the member. */
  purchase: z.object({
    program: id,
    version: z.int().check(z.gte(1)),
    offer: id,
    price: money,
    currency: z.string(),
    /** The last day of a pass. */
    passUntil: z.optional(plainDay),
    grants: z.array(grantSchema),
  }),
  /** The referrer's side of a friend's first visit. */
  referral: z.object({ friend: id, visit: id, grants: z.array(grantSchema) }),
  /** A paper card's stamps, taken over when the customer hands it in. */
  'paper-card': z.object({ grants: z.array(grantSchema) }),
  /** A balance brought from elsewhere for a member who was already here. */
  opening: z.object({
    grants: z.array(grantSchema),
    import: id,
    standings: z.optional(z.array(standingSchema)),
  }),
  adjustment: z.object({ grants: z.array(correctionSchema), reason: z.string() }),
  redemption: z.object({
    program: id,
    version: z.int().check(z.gte(1)),
    reward: id,
    /** Units; what the member chose where the reward lets them choose. */
    cost: z.int().check(z.gte(0)),
    /** A birthday gift: the year of the birthday. */
    birthdayYear: z.optional(z.int()),
    /** Minor units taken off, or given to `charity`. */
    amount: z.optional(money),
    charity: z.optional(z.string()),
  }),
  void: z.object({ target: id, reason: z.optional(z.string()) }),
  /** Which personal fields changed, never their values: those live in the profile document. */
  profile: z.object({ fields: z.array(z.enum(['name', 'phone', 'card', 'birthday', 'note'])) }),
  import: z.object({
    import: id,
    phase: z.enum(['done', 'cancelled', 'undone']),
    enrolled: z.int(),
    credited: z.int(),
  }),
  /** A manager lets something stand that nobody could confirm: a reward given without connection. */
  approval: z.object({ target: id, reason: z.string() }),
  /** `event.member` and `other` are one person: from now on one card, under the id of whoever was enrolled first. */
  merge: z.object({
    other: id,
    /** `same-number`: two tills enrolled one number without knowing of each other; a till saw it by itself. */
    by: z.enum(['same-number', 'manager']),
    reason: z.optional(z.string()),
  }),
  /** They are two people after all: takes back the merges named, and every one by number of this pair, whenever it comes. */
  unmerge: z.object({ other: id, merges: z.array(id), reason: z.string() }),
  /** The person behind `event.member` is forgotten; what they earned stays as numbers. */
  erasure: z.object({
    reason: z.string(),
    /** The other ids under which the same person stood here when they were forgotten. */
    also: z.optional(z.array(id)),
  }),
  /**
   * The business day as its manager found and closed it. What this does not cover goes to a supplement, which closes the
   * same day once more; the first one in the shop's order is the close.
   */
  'day-close': z.object({
    day: plainDay,
    /**
     * The last event of this day in every stream that has one: it and all before it are covered, and whoever has them can
     * prove what was closed.
     */
    heads: z.array(z.object({ stream: id, seq: z.int().check(z.gte(1)), link: z.string() })),
    /** How far in the shop's order this till had read. */
    cursor: z.int().check(z.gte(0)),
    /** Events of this till that the endpoint did not have yet. */
    unsent: z.int().check(z.gte(0)),
    /** Events that the heads cover on this day. */
    events: z.int().check(z.gte(0)),
    /** SHA-256 of the canonical JSON of the figures a manager saw. */
    figures: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  }),
  /** Something left the till as files. */
  export: z.object({ kind: z.enum(['day', 'sync-file']), day: z.optional(plainDay), files: z.int() }),
} as const;

export type EventType = keyof typeof eventDataSchemas;
export type EventData<Type extends EventType> = z.infer<(typeof eventDataSchemas)[Type]>;

/** What a command decides. The ledger adds position, time and hashes inside the commit. */
export type EventDraft = {
  [Type in EventType]: {
    readonly id: EventId;
    readonly type: Type;
    readonly staff: StaffId;
    readonly approvedBy?: StaffId;
    readonly member?: MemberId;
    readonly data: EventData<Type>;
  };
}[EventType];

export interface EventEnvelope {
  readonly v: number;
  readonly id: EventId;
  readonly shop: ShopId;
  readonly till: TillId;
  readonly stream: StreamId;
  /** 1, 2, 3 … inside the stream. */
  readonly seq: number;
  /** `link` of the event before in this stream; empty at seq 1. */
  readonly prev: Digest | '';
  /** At seq 1: the last event this disk held when the stream began. */
  readonly parent?: StreamPosition;
  readonly hlc: Hlc;
  /** The till's clock, milliseconds since 1970 UTC, whole. May be wrong; order never relies on it. */
  readonly wall: number;
  /** IANA time zone of the till. */
  readonly tz: string;
  readonly day: PlainDay;
  readonly staff: StaffId;
  readonly approvedBy?: StaffId;
  readonly member?: MemberId;
  readonly body: Digest;
  readonly link: Digest;
}

export interface StreamPosition {
  readonly stream: StreamId;
  readonly seq: number;
  readonly link: Digest;
}

/** An event this app understands. */
export type KnownEvent = {
  [Type in EventType]: EventEnvelope & { readonly type: Type; readonly data: EventData<Type> };
}[EventType];

/** Any event as stored: a newer app's types and fields are kept as they came, and skipped by the fold. */
export type LedgerEvent = EventEnvelope & { readonly type: string; readonly data: unknown };

const isEventType = (type: string): type is EventType => Object.hasOwn(eventDataSchemas, type);

/** Undefined for a type or content that this app does not understand: keep it, skip it, say "update needed". */
export function readEvent(event: LedgerEvent): KnownEvent | undefined {
  if (event.v > LEDGER_FORMAT || !isEventType(event.type)) return undefined;
  if (!isPlainDay(event.day) || !isMoment(event.wall)) return undefined;
  const isRead =
    isPlainEvent(event.type, event.data) ||
    parseAnything(eventDataSchemas[event.type], event.data) !== undefined;
  return isRead ? (event as KnownEvent) : undefined;
}

/** What a calendar still has a date for; screens and sums ask it. */
export const isMoment = (wall: number): boolean =>
  Number.isSafeInteger(wall) && Math.abs(wall) <= LAST_MOMENT;
const LAST_MOMENT = 8_640_000_000_000_000;

/** Types that a void may name. A void, a definition or an audit note is never undone by another event. */
const VOIDABLE = [
  'enrolment',
  'visit',
  'paper-card',
  'opening',
  'adjustment',
  'redemption',
  'action',
  'purchase',
  'referral',
] as const satisfies readonly EventType[];
export type VoidableType = (typeof VOIDABLE)[number];
export const VOIDABLE_TYPES: ReadonlySet<string> = new Set(VOIDABLE);

export function grantsOf(event: KnownEvent): readonly Grant[] {
  switch (event.type) {
    case 'enrolment':
    case 'visit':
    case 'paper-card':
    case 'opening':
    case 'adjustment':
    case 'action':
    case 'purchase':
    case 'referral':
      return event.data.grants;
    case 'shop':
    case 'program':
    case 'redemption':
    case 'void':
    case 'profile':
    case 'import':
    case 'approval':
    case 'merge':
    case 'unmerge':
    case 'erasure':
    case 'day-close':
    case 'export':
      return [];
  }
}
