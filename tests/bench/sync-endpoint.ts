import { spawn, type ChildProcess } from 'node:child_process';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';

/** A real endpoint process on a folder, and wires in front of it that count what passes. */
export interface Endpoint {
  /** One for each till, so that each is counted alone. */
  openWire(): Promise<Wire>;
  createShop(): Promise<string>;
  pairingCode(): Promise<string>;
  close(): Promise<void>;
}

export interface Wire {
  readonly address: string;
  /** What has passed since the last call. */
  take(): Traffic;
  close(): void;
}

export interface Traffic {
  /** Bytes as they went over the wire, headers too. */
  readonly up: number;
  readonly down: number;
  readonly requests: number;
  /** A browser's own questions whether it may ask; the desktop has none. */
  readonly preflights: number;
}

const NONE: Traffic = { up: 0, down: 0, requests: 0, preflights: 0 };

export async function startEndpoint(request: {
  readonly root: string;
  readonly folder: string;
  /** Of the pages that may ask. */
  readonly origin: string;
}): Promise<Endpoint> {
  const { root, folder, origin } = request;
  const script = join(root, 'scripts', 'endpoint.mjs');
  const env = { ...process.env, DATABASE_URL: '', CORS_ORIGINS: origin };
  const run = (words: readonly string[]) =>
    spawn(process.execPath, [script, '--folder', folder, '--port', '0', ...words], { env });
  const child = run([]);
  const address = /"address":"([^"]+)"/.exec(await hear(child, /"address":"[^"]+"/))?.[1] ?? '';
  const wires: Wire[] = [];

  async function command(words: readonly string[]): Promise<string> {
    const said = await hear(run(words), /[Cc]ode: \S+/);
    return /[Cc]ode: (\S+)/.exec(said)?.[1] ?? '';
  }

  return {
    async openWire() {
      const wire = await openWire(new URL(address));
      wires.push(wire);
      return wire;
    },
    createShop: () => command(['shop', 'create']),
    pairingCode: () => command(['pairing-code']),
    async close() {
      for (const wire of wires) wire.close();
      const ended = new Promise((resolve) => void child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Everything a process says until it has said what is waited for. */
function hear(child: ChildProcess, wanted: RegExp): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      if (wanted.test(said)) resolve(said);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', () => reject(new Error(`the endpoint said: ${said}`)));
  });
}

async function openWire(to: URL): Promise<Wire> {
  let traffic = NONE;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(to.port), to.hostname);
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (chunk: Buffer) => {
      // A till waits for each answer, so a request always begins a chunk.
      const isPreflight = chunk.subarray(0, 8).toString('latin1') === 'OPTIONS ';
      const isRequest =
        isPreflight || /^(?:GET|POST|DELETE) \//.test(chunk.subarray(0, 8).toString('latin1'));
      traffic = {
        ...traffic,
        up: traffic.up + chunk.length,
        requests: traffic.requests + (isRequest && !isPreflight ? 1 : 0),
        preflights: traffic.preflights + (isPreflight ? 1 : 0),
      };
    });
    far.on('data', (chunk: Buffer) => (traffic = { ...traffic, down: traffic.down + chunk.length }));
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take(): Traffic {
      const taken = traffic;
      traffic = NONE;
      return taken;
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
