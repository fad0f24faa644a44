import type { SendRequest } from '#renderer/platform/endpoint-link.ts';
import type { EventId, MemberId } from '#shared/lib/brand.ts';
import type { RawReply } from '#shared/sync/read-reply.ts';
import type { Confirmation } from './confirmations.ts';
import type { LoopStatus } from './loop-parts.ts';

/**
 * Who says what to whom. Each window of a paired till has a worker; one of the workers holds the profile's lock and writes.
 *
 *   window ── its worker     requests to the endpoint and their replies, because only a window has a host
 *   everybody ── the writer  one broadcast channel per database: what is asked, what came of it, how it stands
 */

export type ToWorker =
  | {
      readonly type: 'start';
      readonly databaseName: string;
      readonly app: string;
      /** Base64 of 32 bytes. */
      readonly shopKey: string;
    }
  | { readonly type: 'reply'; readonly id: number; readonly reply: RawReply }
  | { readonly type: 'news'; readonly feed: number; readonly text: string }
  | { readonly type: 'feed-ended'; readonly feed: number }
  | { readonly type: 'ping' };

export type FromWorker =
  | { readonly type: 'send'; readonly id: number; readonly request: SendRequest }
  | { readonly type: 'listen'; readonly feed: number }
  | { readonly type: 'hang-up'; readonly feed: number }
  /** This worker writes from now on. */
  | { readonly type: 'writer' }
  | { readonly type: 'pulled'; readonly members: readonly MemberId[] }
  | { readonly type: 'fault'; readonly name: string; readonly message: string }
  /** It can't go on, for example because the store is gone. */
  | { readonly type: 'broken'; readonly code: string }
  | { readonly type: 'pong' };

export type OnChannel =
  | { readonly type: 'status'; readonly status: LoopStatus }
  /** A new writer: what was asked of the last one has to be asked again. */
  | { readonly type: 'writer-here' }
  | { readonly type: 'answer'; readonly ask: string; readonly answer: Confirmation | 'done' | 'failed' }
  /** A window that has just opened wants to know how it stands. */
  | { readonly type: 'tell' }
  | { readonly type: 'sync-now' }
  /** Paired, or not any more, in another window. */
  | { readonly type: 'pairing-changed' }
  | Asked;

export type Asked =
  | { readonly type: 'offer-again'; readonly ask: string; readonly id: string }
  | {
      readonly type: 'confirm';
      readonly ask: string;
      readonly redemption: EventId;
      readonly member: MemberId;
    };

export const channelNameOf = (databaseName: string): string => `tenpunch-sync ${databaseName}`;
export const lockNameOf = (databaseName: string): string => `tenpunch-sync ${databaseName}`;
