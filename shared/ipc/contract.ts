// What the renderer may ask of the desktop host: every request and every reply, and nothing else. Main parses the
// request, the renderer parses the reply; neither trusts the other's types. contract.test.ts hashes this file's
// schemas, so a change has to raise IPC_VERSION on purpose.

import * as z from 'zod/mini';
import type { Result } from '#shared/lib/result.ts';
import { PAIR_FAILURES } from '#shared/sync/pairing-exchange.ts';
import { MAX_REPLY_BYTES, MAX_TIMEOUT_MS } from '#shared/sync/transport-limits.ts';
import { pairRequestSchema } from '#shared/sync/wire.ts';
import type { BridgeName } from './channels.ts';

export const IPC_VERSION = 4;

/** A year of a busy shop exports to about 20 MiB; beyond this the copy between processes would freeze the till. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;
/** Base64 writes three bytes as four characters. */
const MAX_BASE64_CHARACTERS = Math.ceil(MAX_FILE_BYTES / 3) * 4;
/** File systems allow 255 bytes; a name in any script plus the extension stays below that. */
export const MAX_FILE_NAME_CHARACTERS = 80;
/** A day has a handful of them; a whole year is one. */
export const MAX_EXPORT_FILES = 100;
/** Windows allows 32,767 characters in a path; no longer text is a folder. */
const MAX_PATH_CHARACTERS = 32_767;
/** Version, platform and locale names are a few characters; the limit only keeps nonsense out. */
const MAX_LABEL_CHARACTERS = 100;

export const FILE_KINDS = ['csv', 'json', 'pdf', 'text'] as const;

const label = z.string().check(z.maxLength(MAX_LABEL_CHARACTERS));

/** One plain file name: no folder, no drive, no control character, not hidden, no trailing dot (Windows drops it). */
const fileName = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(MAX_FILE_NAME_CHARACTERS),
    z.regex(/^[^./\\:*?"<>|\p{Cc}][^/\\:*?"<>|\p{Cc}]*$/u),
    z.regex(/[^. ]$/u),
  );

/** Looks for the first wrong character: a pattern for the whole text would overflow on a large file. */
const base64 = z.string().check(
  z.maxLength(MAX_BASE64_CHARACTERS),
  z.refine((text) => text.length % 4 === 0 && !/[^A-Za-z0-9+/=]|=[^=]|===/.test(text)),
);

const fileContents = z.discriminatedUnion('encoding', [
  z.strictObject({ encoding: z.literal('text'), text: z.string().check(z.maxLength(MAX_FILE_BYTES)) }),
  z.strictObject({ encoding: z.literal('base64'), base64 }),
]);

const saveFailures = z.enum(['disk-full', 'denied', 'unknown']);

/** An origin, as endpoint-address.ts makes it of what was typed. */
const address = z.string().check(z.minLength(1), z.maxLength(300));
const pairedEndpoint = z.strictObject({ address, shop: pairRequestSchema.shape.till });
/** 32 bytes. */
const shopKey = z.string().check(z.regex(/^[A-Za-z0-9+/]{43}=$/));
/** Headers are short; the limit only keeps nonsense out. */
const retryAfter = z.nullable(z.string().check(z.maxLength(1000)));
const { code, till, name, shop, app } = pairRequestSchema.shape;

const nothing = z.strictObject({});

export const CONTRACT = {
  appInfo: {
    request: nothing,
    response: z.strictObject({
      name: label,
      version: label,
      platform: label,
      electron: label,
      chrome: label,
      profileFolder: z.string().check(z.maxLength(MAX_PATH_CHARACTERS)),
      locale: label,
      ipcVersion: z.int(),
    }),
  },
  diskRoom: {
    request: z.strictObject({ bytes: z.int().check(z.gte(0)) }),
    response: z.strictObject({ hasRoom: z.boolean() }),
  },
  endpointFind: {
    request: nothing,
    response: z.strictObject({ paired: z.optional(pairedEndpoint) }),
  },
  /** Ends the live feed. */
  endpointHush: { request: nothing, response: nothing },
  /**
   * The live feed, asked for again and again: `after` is the `at` of the answer before, 0 opens a new feed. Answers as soon
   * as there is news, else with none after a while. The token and the line stay in the main process.
   */
  endpointNews: {
    request: z.strictObject({ after: z.int().check(z.gte(0)) }),
    response: z.strictObject({ texts: z.array(z.string()), at: z.int(), isOpen: z.boolean() }),
  },
  endpointPair: {
    request: z.strictObject({ address, code, till, name, shop, app, shopKey }),
    response: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('paired'), ...pairedEndpoint.shape }),
      z.strictObject({ kind: z.literal('failed'), code: z.enum(PAIR_FAILURES) }),
    ]),
  },
  endpointSend: {
    request: z.strictObject({
      method: z.enum(['GET', 'POST', 'DELETE']),
      path: z.string().check(z.regex(/^\/v1\/[\w\-.~%/?=&:]{1,1000}$/)),
      body: z.optional(z.string().check(z.maxLength(MAX_REPLY_BYTES))),
      timeoutMs: z.int().check(z.gte(1), z.lte(MAX_TIMEOUT_MS)),
    }),
    response: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('failed'), because: z.enum(['timeout', 'network', 'tls']) }),
      z.strictObject({ kind: z.literal('http'), status: z.int(), retryAfter, text: z.string() }),
    ]),
  },
  /** With `keptFor` the key this computer has for that shop, also when the till is not paired any more. */
  endpointShopKey: {
    request: z.strictObject({ keptFor: shop }),
    response: z.strictObject({ shopKey: z.optional(shopKey) }),
  },
  endpointUnpair: { request: z.strictObject({ forgetsKey: z.boolean() }), response: nothing },
  exportFolderChoose: {
    request: nothing,
    response: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('chosen'), name: z.string() }),
      z.strictObject({ kind: z.literal('failed'), code: z.enum(['cancelled', 'unknown']) }),
    ]),
  },
  /** Only the last part of the path: the page never learns a path, and never names one. */
  exportFolderFind: { request: nothing, response: z.strictObject({ name: z.optional(z.string()) }) },
  exportFolderWrite: {
    request: z.strictObject({
      files: z.array(z.strictObject({ name: fileName, contents: fileContents })).check(
        z.minLength(1),
        z.maxLength(MAX_EXPORT_FILES),
        // Windows and macOS take names that differ in case only for one file.
        z.refine((files) => new Set(files.map((file) => file.name.toLowerCase())).size === files.length),
      ),
    }),
    response: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('written'), name: z.string() }),
      z.strictObject({ kind: z.literal('failed'), code: saveFailures }),
    ]),
  },
  reloadWindow: { request: nothing, response: nothing },
  saveFile: {
    request: z.strictObject({
      suggestedName: fileName,
      kind: z.enum(FILE_KINDS),
      contents: fileContents,
    }),
    response: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('saved'), folderName: z.optional(z.string()) }),
      z.strictObject({ kind: z.literal('cancelled') }),
      z.strictObject({ kind: z.literal('failed'), code: saveFailures }),
    ]),
  },
  showDataFolder: { request: nothing, response: z.strictObject({ isShown: z.boolean() }) },
} satisfies Record<BridgeName, { request: z.ZodMiniType; response: z.ZodMiniType }>;

/** `bad-sender`: not our page. `bad-request`: it does not fit the schema. `failed`: main logged why. */
const failure = z.strictObject({ code: z.enum(['bad-request', 'bad-sender', 'failed']) });

/** The envelope around every reply. Main never lets a raw error through: its text could hold a path or a name. */
export function replySchema<Value extends z.ZodMiniType>(value: Value) {
  return z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value }),
    z.strictObject({ ok: z.literal(false), error: failure }),
  ]);
}

export type FileKind = (typeof FILE_KINDS)[number];
export type IpcFailure = z.infer<typeof failure>;
export type IpcRequest<Name extends BridgeName> = z.infer<(typeof CONTRACT)[Name]['request']>;
export type IpcResponse<Name extends BridgeName> = z.infer<(typeof CONTRACT)[Name]['response']>;
export type IpcReply<Name extends BridgeName> = Result<IpcResponse<Name>, IpcFailure>;

/** `window.tenpunch`: one named function per channel, no generic invoke. */
export type HostBridge = {
  readonly [Name in BridgeName]: (request: IpcRequest<Name>) => Promise<IpcReply<Name>>;
};

/** The main process's side: plain functions. */
export type IpcHandlers = {
  readonly [Name in BridgeName]: (request: IpcRequest<Name>) => Promise<IpcResponse<Name>>;
};
