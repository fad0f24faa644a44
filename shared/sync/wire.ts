import * as z from 'zod/mini';

/**
 * What goes over the wire between a till and an endpoint, version 1. Both sides parse with these schemas, so neither
 * believes the other. Unknown fields of events travel on as they came; unknown fields of requests are ignored.
 */

/** The version in the path. Anything that an older reader would misread raises it. */
export const WIRE_VERSION = 1;

/** Small enough that a lost answer costs little, large enough that a week's backlog needs few of them. */
export const MAX_BATCH_EVENTS = 500;
/** Of the JSON text, before compression. */
export const MAX_BATCH_BYTES = 1024 * 1024;
/** Events in one answer to a pull. */
export const MAX_PULL_EVENTS = 5000;
/** Sealed documents in one request. */
export const MAX_PROFILE_DOCS = 500;
/** Of the JSON text of a request with sealed documents, before compression. */
export const MAX_PROFILES_BYTES = 4 * 1024 * 1024;

/**
 * Printable ASCII: a control character or half a surrogate pair is one thing to JSON and another to a database, and two ids
 * that differ here must differ everywhere.
 */
const id = z.string().check(z.regex(/^[\x21-\x7e]{1,64}$/));
const stamp = z.string().check(z.regex(/^[\x21-\x7e]{0,128}$/));
const appVersion = z.string().check(z.regex(/^[\x21-\x7e]{0,64}$/));
const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const position = z.int().check(z.gte(0));

/** Where an event wants to stand: what an endpoint needs to let its stream go on without it. */
export const placeSchema = z.object({
  id,
  shop: id,
  stream: id,
  seq: z.int().check(z.gte(1)),
  prev: z.union([digest, z.literal('')]),
  body: digest,
  link: digest,
});
export type Place = z.infer<typeof placeSchema>;

/** What an endpoint must be able to read of an event; all else is the tills' business. */
export const envelopeSchema = z.looseObject({
  v: z.int().check(z.gte(1)),
  id,
  type: z.string().check(z.minLength(1), z.maxLength(64)),
  shop: id,
  till: id,
  stream: id,
  seq: z.int().check(z.gte(1)),
  prev: z.union([digest, z.literal('')]),
  parent: z.optional(z.object({ stream: id, seq: z.int().check(z.gte(1)), link: digest })),
  hlc: stamp,
  wall: z.int(),
  tz: z.string().check(z.maxLength(64)),
  day: z.string().check(z.maxLength(10)),
  staff: id,
  member: z.optional(id),
  body: digest,
  link: digest,
});

/**
 * ok: stored. dup: was there. alias: was there, and this position now names it too. held: stored and relayed, of a type or
 * content this endpoint does not understand. refused: kept in quarantine, the position is filled, the stream moves on. conflict: this position or
 * id belongs to something else. gap: an earlier position is missing; nothing was done.
 */
export const VERDICTS = ['ok', 'dup', 'alias', 'held', 'refused', 'conflict', 'gap'] as const;

export const REFUSALS = ['malformed', 'foreign-shop', 'bad-body', 'bad-link'] as const;
export type Refusal = (typeof REFUSALS)[number];

export const CONFLICTS = ['id-taken', 'position-taken', 'other-history'] as const;
export type Conflict = (typeof CONFLICTS)[number];

export const verdictSchema = z.object({
  /** The event's id; empty when it could not be read. */
  id: z.string(),
  status: z.enum(VERDICTS),
  /** The event's place in the shop's one order, where it has one. */
  g: z.optional(z.int().check(z.gte(1))),
  code: z.optional(z.enum([...REFUSALS, ...CONFLICTS])),
});
export type EventVerdict = z.infer<typeof verdictSchema>;

const streamHeadSchema = z.object({ stream: id, lastSeq: position, link: z.union([digest, z.literal('')]) });

/** What a person calls the till; no control characters. */
const tillName = z.string().check(z.minLength(1), z.maxLength(100), z.regex(/^\P{C}+$/u));

export const pairRequestSchema = z.object({
  code: z.string().check(z.minLength(1), z.maxLength(64)),
  till: id,
  name: tillName,
  /** The shop of the ledger the till already has: the first till gives the shop its id. */
  shop: z.optional(id),
  app: appVersion,
});
export const pairAnswerSchema = z.object({ shop: id, token: z.string().check(z.minLength(1)) });

export const helloRequestSchema = z.object({
  till: id,
  app: appVersion,
  schemaEpoch: z.int(),
  streams: z.array(streamHeadSchema).check(z.maxLength(10_000)),
  cursor: position,
  docCursor: position,
  serverEpoch: z.optional(id),
});
export const HELLO_FLAGS = ['fork', 'behind', 'revoked'] as const;
export const helloAnswerSchema = z.object({
  serverEpoch: id,
  /** Milliseconds since 1970 UTC. */
  time: z.int(),
  streams: z.array(streamHeadSchema),
  head: position,
  docHead: position,
  minApp: z.string(),
  flags: z.array(z.enum(HELLO_FLAGS)),
});

/** The endpoint this till last said hello to. Another one answers `other-epoch` and does nothing. */
const serverEpoch = z.optional(id);

const batchSchema = z.object({
  batch: id,
  events: z.array(z.unknown()).check(z.minLength(1), z.maxLength(MAX_BATCH_EVENTS)),
});
export const pushRequestSchema = z.extend(batchSchema, { serverEpoch });
export const pushAnswerSchema = z.object({ results: z.array(verdictSchema) });

export const pullAnswerSchema = z.object({
  serverEpoch: id,
  events: z.array(z.object({ g: z.int().check(z.gte(1)), event: z.unknown() })),
  head: position,
});

const sealedDoc = z.object({
  member: id,
  hlc: stamp,
  /** Base64. */
  sealed: z.string().check(z.regex(/^[\w+/=.-]*$/), z.maxLength(64 * 1024)),
});
const erasedDoc = z.object({ member: id, hlc: stamp, erased: z.literal(true) });
export const profileDocSchema = z.union([sealedDoc, erasedDoc]);
export type ProfileDoc = z.infer<typeof profileDocSchema>;
export const pushProfilesSchema = z.object({
  serverEpoch,
  docs: z.array(profileDocSchema).check(z.minLength(1), z.maxLength(MAX_PROFILE_DOCS)),
});
export const profileVerdictsSchema = z.object({
  results: z.array(z.object({ member: id, status: z.enum(['ok', 'older']) })),
});
export const pullProfilesSchema = z.object({
  docs: z.array(z.intersection(z.object({ p: z.int().check(z.gte(1)) }), profileDocSchema)),
  docHead: position,
});

/** What a page of a feed may ask for; read from the address, so numbers arrive as text. */
export const feedQuerySchema = z.object({
  after: z.prefault(z.coerce.number().check(z.int(), z.gte(0)), 0),
  limit: z.prefault(z.coerce.number().check(z.int(), z.gte(1), z.lte(MAX_PULL_EVENTS)), MAX_PULL_EVENTS),
});

/** One message of the live feed. */
export const liveSchema = z.object({ head: position, docHead: position });

/**
 * The same batches as on the wire, in a file: written by a till that can't reach the endpoint, carried by a person. It names
 * no epoch: who writes it can't ask which one holds, and what it brings is as good after a restore.
 */
export const SYNC_FILE_FORMAT = 'tenpunch-sync-1';
export const MAX_SYNC_FILE_BYTES = 32 * 1024 * 1024;
export const syncFileSchema = z.object({
  format: z.literal(SYNC_FILE_FORMAT),
  shop: id,
  till: id,
  batches: z.array(batchSchema),
  docs: z.prefault(z.array(profileDocSchema), []),
});
export const syncFileAnswerSchema = z.object({
  results: z.array(z.object({ batch: id, results: z.array(verdictSchema) })),
  profiles: profileVerdictsSchema.shape.results,
});

export const pairingCodeSchema = z.object({
  code: z.string(),
  /** How long it is good for, in milliseconds: a span, because the till's clock may be wrong. */
  lastsMs: z.int().check(z.gte(0)),
});
export const tillsSchema = z.object({
  tills: z.array(
    z.object({
      till: id,
      name: z.string(),
      app: z.string(),
      pairedAt: z.int(),
      revokedAt: z.nullable(z.int()),
    }),
  ),
});
export const revokedSchema = z.object({ till: id, status: z.enum(['revoked', 'was-revoked']) });

export const ERRORS = [
  'bad-request',
  'not-json',
  'too-large',
  'bad-encoding',
  'not-signed-in',
  'revoked',
  'other-till',
  'other-shop',
  'other-epoch',
  'app-too-old',
  'bad-code',
  'unknown-till',
  'not-found',
  'too-many-requests',
  'stopping',
  'internal',
] as const;
export type ErrorCode = (typeof ERRORS)[number];
export const errorSchema = z.object({
  error: z.object({
    code: z.enum(ERRORS),
    /** For a person who reads a log; never shown at the counter. */
    message: z.string(),
    request: z.string(),
  }),
});
