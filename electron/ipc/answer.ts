import * as z from 'zod/mini';
import type { IpcFailure } from '#shared/ipc/contract.ts';
import type { Log } from '#shared/lib/ports.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { errorCode } from '#electron/services/error-code.ts';
import { isTrustedSender, type Sender } from './trusted-sender.ts';

export interface Question<Request, Response> {
  readonly channel: string;
  readonly request: z.ZodMiniType<Request>;
  readonly response: z.ZodMiniType<Response>;
  readonly handler: (request: Request) => Promise<Response>;
}

/**
 * One question from a page: who asks, is it well formed, what is the answer, is that well formed. Never rejects: a raw
 * error would carry paths and stack frames into the renderer.
 */
export async function answer<Request, Response>(
  question: Question<Request, Response>,
  from: { readonly sender: Sender; readonly pageOrigin: string; readonly payload: unknown },
  log: Log,
): Promise<Result<Response, IpcFailure>> {
  const { channel, handler } = question;
  if (!isTrustedSender(from.sender, from.pageOrigin)) {
    log.error('ipc-bad-sender', { channel });
    return err({ code: 'bad-sender' });
  }
  const request = z.safeParse(question.request, from.payload);
  if (!request.success) {
    log.error('ipc-bad-request', { channel, issues: request.error.issues.length });
    return err({ code: 'bad-request' });
  }
  try {
    const response = z.safeParse(question.response, await handler(request.data));
    if (response.success) return ok(response.data);
    log.error('ipc-bad-response', { channel, issues: response.error.issues.length });
  } catch (error) {
    log.error('ipc-handler-failed', { channel, code: errorCode(error) });
  }
  return err({ code: 'failed' });
}
