// The main process's side of the bridge, without the two processes: the real answer() around any handlers.

import type * as z from 'zod/mini';
import { answer } from '#electron/ipc/answer.ts';
import { CHANNELS, type BridgeName } from '#shared/ipc/channels.ts';
import { CONTRACT, type HostBridge, type IpcHandlers, type IpcReply } from '#shared/ipc/contract.ts';
import type { Log } from '#shared/lib/ports.ts';

const quiet: Log = { info: () => undefined, error: () => undefined };
const sender = { frameUrl: 'app://tenpunch/index.html', isMainFrame: true, isOurWindow: true };

const notAsked = async (): Promise<never> => {
  throw new Error('not asked in this test');
};
const NAMES = Object.keys(CHANNELS) as BridgeName[];
export const NOT_ASKED = Object.fromEntries(NAMES.map((name) => [name, notAsked])) as unknown as IpcHandlers;

/** What crosses the pipe is cloned, as Electron does it: a function or a class would throw here. */
export function bridgeTo(handlers: IpcHandlers): HostBridge {
  const cross =
    <Name extends BridgeName>(name: Name) =>
    async (payload: unknown): Promise<IpcReply<Name>> => {
      const { request, response } = CONTRACT[name] as { request: z.ZodMiniType; response: z.ZodMiniType };
      const handler = handlers[name] as (request: unknown) => Promise<unknown>;
      const from = { sender, pageOrigin: 'app://tenpunch', payload: structuredClone(payload) };
      const reply = await answer({ channel: CHANNELS[name], request, response, handler }, from, quiet);
      return structuredClone(reply) as IpcReply<Name>;
    };
  return Object.fromEntries(NAMES.map((name) => [name, cross(name)])) as unknown as HostBridge;
}
