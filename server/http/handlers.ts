import type * as z from 'zod/mini';
import type { Log } from '#shared/lib/ports.ts';
import { pairRequestSchema, type EventVerdict, type syncFileAnswerSchema } from '#shared/sync/wire.ts';
import type { EventStore, Till } from '#server/store/event-store.ts';
import { isOlderApp } from './app-version.ts';
import type { LiveFeed } from './live-feed.ts';
import type { Metrics } from './metrics.ts';
import { openApiDocument } from './open-api.ts';
import { Problem } from './problem.ts';
import type { Route, RouteName, ROUTES } from './routes.ts';
import { hashPairingCode, hashToken, newPairingCode, newToken, type RandomBytes } from './secrets.ts';

/** What each route does. Everything a handler is given has been checked: the token, the sizes, the shapes. */

export interface HandlerParts {
  readonly store: EventStore;
  readonly now: () => number;
  readonly random: RandomBytes;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly live: LiveFeed;
  readonly minApp: string;
  readonly isStopping: () => boolean;
}

type Output<Schema> = Schema extends z.core.$ZodType ? z.output<Schema> : undefined;
type Part<R, Key extends string> = R extends { readonly [K in Key]: infer Value } ? Value : undefined;

export interface Asked<R extends Route> {
  readonly till: R['auth'] extends 'till' | 'revoked-too' ? Till : undefined;
  readonly body: Part<R, 'body'> extends { readonly schema: infer Schema } ? Output<Schema> : undefined;
  readonly query: Output<Part<R, 'query'>>;
  readonly params: Readonly<Record<string, string>>;
}

/** `text`: written out already, because making it again from values would take most of the time. */
export type Reply<Value> = { readonly value: Value; readonly status?: 503 } | { readonly text: string };

/** The live feed answers with a stream of its own (live-stream.ts). */
type AnsweredRoute = Exclude<RouteName, 'live'>;
export type Handlers = {
  readonly [Name in AnsweredRoute]: (
    asked: Asked<(typeof ROUTES)[Name]>,
  ) => Promise<Reply<Output<(typeof ROUTES)[Name]['answer']['schema']>>>;
};

const tillIdSchema = pairRequestSchema.shape.till;

export const PAIRING_CODE_LIFETIME_MS = 15 * 60 * 1000;

export function createHandlers(parts: HandlerParts): Handlers {
  const { store, now, random, log, metrics, live, minApp, isStopping } = parts;

  /** @throws Problem for a till that last said hello to this endpoint as it was before a backup was restored */
  async function checkEpoch(said: string | undefined): Promise<void> {
    if (said !== undefined && said !== (await store.epoch()))
      throw new Problem('other-epoch', 'This endpoint was restored since the till’s last hello.');
  }

  /** Making it takes longer than most requests, and anybody may ask. */
  let document: string | undefined;

  async function accept(till: Till, events: readonly unknown[]): Promise<readonly EventVerdict[]> {
    const { shop } = till;
    const results = await store.acceptBatch({ shop, till: till.till, events, atMs: now() });
    live.changed(shop);
    const counts = new Map<string, number>();
    for (const { status } of results) counts.set(status, (counts.get(status) ?? 0) + 1);
    for (const [verdict, count] of counts) metrics.add('tenpunch_events_total', { verdict }, count);
    const conflicts = counts.get('conflict') ?? 0;
    // Somebody has to look: two tills claim one place, or one id has two contents.
    if (conflicts > 0) log.error('conflict', { shop, till: till.till, conflicts });
    const refused = counts.get('refused') ?? 0;
    if (refused > 0) log.error('refused', { shop, till: till.till, refused });
    return results;
  }

  async function putProfiles(shop: string, docs: Parameters<EventStore['putProfiles']>[0]['docs']) {
    const results = await store.putProfiles({ shop, docs });
    live.changed(shop);
    for (const { status } of results) metrics.add('tenpunch_profiles_total', { verdict: status });
    return [...results];
  }

  return {
    async pair({ body: { code, shop: ledger, ...till } }) {
      // In an address these are steps, not names: nobody could take such a till out of the shop again.
      if (till.till === '.' || till.till === '..')
        throw new Problem('bad-request', 'Not what this route takes, at till.');
      const token = newToken(random);
      const request = {
        ...till,
        ledger,
        codeHash: hashPairingCode(code),
        tokenHash: hashToken(token),
        atMs: now(),
      };
      const paired = await store.pair(request);
      if (paired === 'unknown-code') throw new Problem('bad-code', 'This code is not known.');
      if (paired === 'expired-code') throw new Problem('bad-code', 'This code has expired.');
      if (paired === 'other-shop')
        throw new Problem('other-shop', 'The till has the ledger of another shop.');
      log.info('paired', { shop: paired.shop, till: till.till });
      return { value: { shop: paired.shop, token } };
    },

    async listTills({ till: { shop } }) {
      const tills = await store.listTills(shop);
      return {
        value: {
          tills: tills.map(({ till, name, app, pairedAtMs, revokedAtMs }) => ({
            till,
            name,
            app,
            pairedAt: pairedAtMs,
            revokedAt: revokedAtMs,
          })),
        },
      };
    },

    async revokeTill({ till: { shop, till: by }, params }) {
      const till = params['till'] ?? '';
      if (!tillIdSchema.safeParse(till).success)
        throw new Problem('unknown-till', 'This shop has no such till.');
      const status = await store.revokeTill({ shop, till, atMs: now() });
      if (status === 'unknown') throw new Problem('unknown-till', 'This shop has no such till.');
      log.info('revoked', { shop, till, by });
      return { value: { till, status } };
    },

    async addPairingCode({ till: { shop, till } }) {
      const code = newPairingCode(random);
      const expiresAtMs = now() + PAIRING_CODE_LIFETIME_MS;
      await store.addPairingCode({ shop, codeHash: hashPairingCode(code), expiresAtMs });
      log.info('pairing code', { shop, till });
      return { value: { code, lastsMs: PAIRING_CODE_LIFETIME_MS } };
    },

    async hello({ till, body }) {
      const { shop } = till;
      if (body.till !== till.till) throw new Problem('other-till', 'The token is of another till.');
      if (body.app !== till.app) await store.noteApp({ shop, till: till.till, app: body.app });
      const streams = await store.listHeads({ shop, streams: body.streams.map(({ stream }) => stream) });
      const stated = new Map(body.streams.map((head) => [head.stream, head]));
      const isFork = streams.some(({ stream, lastSeq, link }) => {
        const own = stated.get(stream);
        return own?.lastSeq === lastSeq && own.link !== link;
      });
      const isBehind = streams.some(({ stream, lastSeq }) => lastSeq > (stated.get(stream)?.lastSeq ?? 0));
      const flags = [
        ...(isFork ? (['fork'] as const) : []),
        ...(isBehind ? (['behind'] as const) : []),
        ...(till.revokedAtMs === null ? [] : (['revoked'] as const)),
      ];
      if (flags.length > 0) log.error('hello', { shop, till: till.till, flags: flags.join(' ') });
      const { head, docHead } = await store.heads(shop);
      return {
        value: {
          serverEpoch: await store.epoch(),
          time: now(),
          streams: [...streams],
          head,
          docHead,
          minApp,
          flags,
        },
      };
    },

    async pushEvents({ till, body: { serverEpoch, events } }) {
      await checkEpoch(serverEpoch);
      return { value: { results: [...(await accept(till, events))] } };
    },

    async pullEvents({ till: { shop }, query: { after, limit } }) {
      const [serverEpoch, { events, head }] = await Promise.all([
        store.epoch(),
        store.pullEvents({ shop, after, limit }),
      ]);
      // Each event is the text it was stored as: reading and writing it again would only cost time.
      const items = events.map(({ g, json }) => `{"g":${g},"event":${json}}`).join(',');
      return { text: `{"serverEpoch":${JSON.stringify(serverEpoch)},"events":[${items}],"head":${head}}` };
    },

    async pushProfiles({ till: { shop }, body: { serverEpoch, docs } }) {
      await checkEpoch(serverEpoch);
      return { value: { results: await putProfiles(shop, docs) } };
    },

    async pullProfiles({ till: { shop }, query: { after, limit } }) {
      const { docs, docHead } = await store.pullProfiles({ shop, after, limit });
      return { value: { docs: [...docs], docHead } };
    },

    async importSyncFile({ till, body: { shop, batches, docs } }) {
      if (shop !== till.shop) throw new Problem('other-shop', 'This sync file belongs to another shop.');
      const results: z.output<typeof syncFileAnswerSchema>['results'] = [];
      for (const { batch, events } of batches)
        results.push({ batch, results: [...(await accept(till, events))] });
      return { value: { results, profiles: docs.length === 0 ? [] : await putProfiles(shop, docs) } };
    },

    async health() {
      if (isStopping()) return { value: { status: 'stopping' }, status: 503 };
      try {
        await store.epoch();
        return { value: { status: 'ok' } };
      } catch {
        return { value: { status: 'no-store' }, status: 503 };
      }
    },

    metrics: async () => ({ text: metrics.render() }),
    openApi: async () => ({ text: (document ??= JSON.stringify(openApiDocument())) }),
  };
}

/** @throws Problem */
export function refuseOldApp(till: Till, minApp: string): void {
  if (isOlderApp(till.app, minApp))
    throw new Problem('app-too-old', `This endpoint needs version ${minApp} or newer.`);
}
