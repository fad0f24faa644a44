import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPT = join(import.meta.dirname, '..', '..', '..', 'scripts', 'endpoint.mjs');

/** `npm run endpoint` as its owner runs it: a process of its own on a folder of its own, which can be killed. */
export class EndpointProcess {
  private child: ChildProcess | undefined;
  private folder = '';
  private address = '';

  private readonly parent: string;
  private readonly origin: string;

  private constructor(parent: string, origin: string) {
    this.parent = parent;
    this.origin = origin;
    this.folder = join(parent, 'first');
  }

  /** @param origin of the pages that may ask. */
  static async create(origin: string): Promise<EndpointProcess> {
    return new EndpointProcess(await mkdtemp(join(tmpdir(), 'tenpunch-shop-')), origin);
  }

  /** `host:port` of the process that runs now. */
  get at(): URL {
    return new URL(this.address);
  }

  async start(): Promise<void> {
    const child = this.spawn([]);
    this.child = child;
    let said = '';
    this.address = await new Promise((resolve, reject) => {
      child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
      child.stdout?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const found = /"address":"([^"]+)"/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', () => reject(new Error(`the endpoint ended: ${said}`)));
    });
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => void child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  /** The one-time code of a new shop. */
  async createShop(): Promise<string> {
    const said = await this.command('shop', 'create');
    const code = /Pairing code: (\S+)/.exec(said)?.[1];
    if (code === undefined) throw new Error(`no code in: ${said}`);
    return code;
  }

  async backUp(): Promise<string> {
    const file = join(this.parent, 'backup.jsonl.gz');
    await this.command('backup', file);
    return file;
  }

  /** Another folder, as on a new computer, with what the backup holds. */
  async restore(file: string): Promise<void> {
    this.folder = join(this.parent, 'second');
    await this.command('restore', file);
  }

  async close(): Promise<void> {
    await this.kill();
    await rm(this.parent, { recursive: true, force: true });
  }

  private spawn(words: readonly string[]): ChildProcess {
    const env = { ...process.env, DATABASE_URL: '', CORS_ORIGINS: this.origin };
    return spawn(process.execPath, [SCRIPT, '--folder', this.folder, '--port', '0', ...words], { env });
  }

  private async command(...words: readonly string[]): Promise<string> {
    const child = this.spawn(words);
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const code = await new Promise<number | null>((resolve) => void child.once('close', resolve));
    if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${said}`);
    return said;
  }
}
