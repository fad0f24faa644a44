import {
  createServer,
  request as askUpstream,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What may stand between a till and its endpoint, at an address that stays while the endpoint behind it dies and comes back.
 * Each fault is counted, so that a test can say what it went through.
 */
export const FAULTS = [
  'down',
  'cut',
  'late',
  'twice',
  'lost-answer',
  'portal',
  'busy',
  'server-error',
  'half-json',
] as const;
export type Fault = (typeof FAULTS)[number];
export type Weather = 'fine' | 'down' | 'storm';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

const LATE_MS = 400;

export class BadNetwork {
  weather: Weather = 'fine';
  readonly seen = new Map<Fault, number>();
  /** Bytes of bodies as they went over the wire, both ways. */
  bytes = 0;
  private storms = 0;
  private readonly server: Server;
  private readonly upstream: () => URL;

  /** @param upstream where the endpoint is now. */
  private constructor(upstream: () => URL) {
    this.upstream = upstream;
    this.server = createServer((asked, answer) => void this.pass(asked, answer));
  }

  static async open(upstream: () => URL): Promise<BadNetwork> {
    const network = new BadNetwork(upstream);
    await new Promise<void>((resolve) => void network.server.listen(0, '127.0.0.1', resolve));
    return network;
  }

  get address(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => void this.server.close(resolve));
  }

  /** In a storm every other request meets a fault, each kind in its turn. */
  private nextFault(): Fault | undefined {
    if (this.weather === 'down') return 'down';
    if (this.weather === 'fine') return undefined;
    this.storms += 1;
    return this.storms % 2 === 0 ? undefined : FAULTS[Math.floor(this.storms / 2) % FAULTS.length];
  }

  private async pass(from: IncomingMessage, to: ServerResponse): Promise<void> {
    const body = await readAll(from);
    const asked = { method: from.method ?? 'GET', path: from.url ?? '/', headers: from.headers, body };
    // The browser's own question whether it may ask is no request of ours.
    const fault = asked.method === 'OPTIONS' && this.weather !== 'down' ? undefined : this.nextFault();
    if (fault) this.seen.set(fault, (this.seen.get(fault) ?? 0) + 1);
    this.bytes += body.length;
    try {
      await this.answer(fault, asked, to);
    } catch {
      // The endpoint is gone: so is the connection.
      to.destroy();
    }
  }

  private async answer(fault: Fault | undefined, asked: Asked, to: ServerResponse): Promise<void> {
    switch (fault) {
      case undefined:
        return await this.relay(asked, to);
      case 'down':
        return void to.destroy();
      case 'cut':
        return await this.relay(asked, to, (chunk) => chunk.subarray(0, Math.floor(chunk.length / 2)));
      case 'late':
        await new Promise((resolve) => setTimeout(resolve, LATE_MS));
        return await this.relay(asked, to);
      case 'twice':
        await collect(await this.ask(asked));
        return await this.relay(asked, to);
      case 'lost-answer':
        await collect(await this.ask(asked));
        return void to.destroy();
      case 'portal':
        return say(asked, to, 200, 'text/html', '<html><body>Welcome to our free Wi-Fi!</body></html>');
      case 'busy':
        to.setHeader('Retry-After', '1');
        return say(asked, to, 503, 'text/plain', 'busy');
      case 'server-error':
        return say(asked, to, 502, 'text/html', '<h1>Bad gateway</h1>');
      case 'half-json':
        return say(asked, to, 200, 'application/json', '{"results":[{"id":"');
    }
  }

  private ask({ method, path, headers, body }: Asked): Promise<IncomingMessage> {
    const { hostname, port } = this.upstream();
    return new Promise((resolve, reject) => {
      const asking = askUpstream({ hostname, port, method, path, headers }, resolve);
      asking.once('error', reject);
      asking.end(body);
    });
  }

  /** @param change cuts the body short, and the connection after it. */
  private async relay(asked: Asked, to: ServerResponse, change?: (body: Buffer) => Buffer): Promise<void> {
    const answer = await this.ask(asked);
    to.writeHead(answer.statusCode ?? 502, answer.headers);
    if (isStream(answer)) return void answer.pipe(to);
    const body = await collect(answer);
    this.bytes += body.length;
    if (!change) return void to.end(body);
    to.write(change(body), () => to.destroy());
  }
}

const isStream = ({ headers }: IncomingMessage): boolean =>
  headers['content-type']?.startsWith('text/event-stream') === true;

/** An answer of somebody else, which the page may read: a worse trap than one it may not. */
function say({ headers }: Asked, to: ServerResponse, status: number, type: string, text: string): void {
  to.setHeader('Access-Control-Allow-Origin', headers.origin ?? '*');
  to.writeHead(status, { 'Content-Type': type });
  to.end(text);
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const collect = readAll;
