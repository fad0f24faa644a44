import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { App } from './app.ts';
import { clientAddress } from './client-address.ts';

/** The app behind a port, and its orderly end. */

export interface ServerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly proxies: number;
  /** How often to ask the store what other processes wrote; undefined where there are none. */
  readonly pollMs: number | undefined;
}

export interface RunningServer {
  readonly address: string;
  /** Answers what is under way, sends everything else away, then closes. */
  stop(): Promise<void>;
}

const BEAT_MS = 15_000;
const DRAIN_MS = 10_000;

export async function startServer(
  app: App,
  { host, port, proxies, pollMs }: ServerOptions,
): Promise<RunningServer> {
  const server = createAdaptorServer({
    overrideGlobalObjects: false,
    fetch: (request, { incoming }) => {
      const { socket } = incoming as IncomingMessage;
      const forwarded = request.headers.get('x-forwarded-for') ?? undefined;
      return app.fetch(request, {
        address: clientAddress({ remote: socket.remoteAddress, forwarded, proxies }),
      });
    },
  });
  await new Promise<void>((done, failed) => server.once('error', failed).listen(port, host, done));
  const timers = [
    setInterval(() => void app.beat(), BEAT_MS),
    ...(pollMs === undefined ? [] : [setInterval(() => void app.live.poll(), pollMs)]),
  ];
  const { address, family, port: bound } = server.address() as AddressInfo;
  return {
    address: `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`,
    async stop() {
      for (const timer of timers) clearInterval(timer);
      app.stop();
      const closed = new Promise((done) => server.close(done));
      if ('closeIdleConnections' in server) server.closeIdleConnections();
      const late = setTimeout(
        () => 'closeAllConnections' in server && server.closeAllConnections(),
        DRAIN_MS,
      );
      await closed;
      clearTimeout(late);
    },
  };
}
