import type { EndpointLink, SendRequest } from '#renderer/platform/endpoint-link.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { formatInvitation } from '#shared/sync/invitation.ts';
import { readReply } from '#shared/sync/read-reply.ts';
import { pairingCodeSchema, revokedSchema, tillsSchema } from '#shared/sync/wire.ts';
import type * as z from 'zod/mini';
import type { AskFailure, Invitation, ShopTill } from './sync-desk.ts';

/** What a person asks the endpoint and waits for, from whichever window. None of it touches the ledger. */

type AskLink = Pick<EndpointLink, 'find' | 'send' | 'readShopKey'>;

/** A person looks at a spinner. */
const TIMEOUT_MS = 15_000;

async function ask<Schema extends z.ZodMiniType>(
  link: AskLink,
  request: Omit<SendRequest, 'timeoutMs'>,
  schema: Schema,
  nowMs: number,
): Promise<Result<z.output<Schema>, AskFailure>> {
  if (!(await link.find())) return err({ code: 'not-paired' });
  const reply = readReply(await link.send({ ...request, timeoutMs: TIMEOUT_MS }), schema, nowMs);
  switch (reply.kind) {
    case 'answer':
      return ok(reply.value);
    case 'busy':
      return err({ code: 'busy' });
    case 'unknown':
      return err({ code: 'no-answer' });
    case 'rejected':
    case 'unauthorized':
    case 'stop':
    case 'other-epoch':
      return err({ code: 'refused' });
  }
}

export async function invite(link: AskLink, nowMs: number): Promise<Result<Invitation, AskFailure>> {
  const [endpoint, key] = await Promise.all([link.find(), link.readShopKey()]);
  if (!endpoint || key === undefined) return err({ code: 'not-paired' });
  const request = { method: 'POST', path: '/v1/pairing-codes' } as const;
  const made = await ask(link, request, pairingCodeSchema, nowMs);
  if (!made.ok) return made;
  const { code, lastsMs } = made.value;
  return ok({ text: formatInvitation({ address: endpoint.address, code, key }), expiresAt: nowMs + lastsMs });
}

export async function listTills(
  link: AskLink,
  nowMs: number,
): Promise<Result<readonly ShopTill[], AskFailure>> {
  const listed = await ask(link, { method: 'GET', path: '/v1/tills' }, tillsSchema, nowMs);
  return listed.ok ? ok(listed.value.tills) : listed;
}

export async function revokeTill(
  link: AskLink,
  till: string,
  nowMs: number,
): Promise<Result<undefined, AskFailure>> {
  const path = `/v1/tills/${encodeURIComponent(till)}`;
  const revoked = await ask(link, { method: 'DELETE', path }, revokedSchema, nowMs);
  return revoked.ok ? ok(undefined) : revoked;
}
