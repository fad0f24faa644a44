import { gzipSync } from 'node:zlib';
import { MAX_BATCH_EVENTS, MAX_PULL_EVENTS, pairAnswerSchema, pullAnswerSchema } from '#shared/sync/wire.ts';
import { visitsOf } from '#tests/fakes/visits.ts';
import type { Endpoint } from './sync-endpoint.ts';

/** The yardstick: as many events through the same process, in the same batches, by somebody who keeps nothing. */

/** @returns events a second: sent, and their places read */
export async function bareRate(endpoint: Endpoint, events: number): Promise<number> {
  const { address } = await endpoint.openWire();
  const code = await endpoint.createShop();
  const paired = await ask(`${address}/v1/tills`, { code, till: 'bare-till', name: 'Bare', app: '1.0.0' });
  const { shop, token } = pairAnswerSchema.parse(paired);
  const bodies = Array.from({ length: Math.ceil(events / MAX_BATCH_EVENTS) }, (_, index) =>
    visitsOf({ stream: `bare-${index}`, count: MAX_BATCH_EVENTS, shop }),
  );
  const startedAt = performance.now();
  let after = 0;
  for (const [index, batch] of bodies.entries()) {
    await ask(`${address}/v1/events`, { batch: `b${index}`, events: batch }, token);
    const sent = (index + 1) * MAX_BATCH_EVENTS;
    if (sent - after < MAX_PULL_EVENTS && index < bodies.length - 1) continue;
    const page = await ask(`${address}/v1/events?after=${after}&limit=${MAX_PULL_EVENTS}`, undefined, token);
    after += pullAnswerSchema.parse(page).events.length;
  }
  return (1000 * after) / (performance.now() - startedAt);
}

async function ask(url: string, body?: object, token?: string): Promise<unknown> {
  const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  const request =
    body === undefined
      ? { headers }
      : {
          method: 'POST',
          headers: { ...headers, 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
          body: new Uint8Array(gzipSync(JSON.stringify(body))),
        };
  const response = await fetch(url, request);
  if (!response.ok) throw new Error(await response.text());
  return await response.json();
}
