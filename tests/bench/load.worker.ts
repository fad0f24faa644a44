import { makeProgramBook, type ProgramDefinition } from '#shared/domain/program.ts';
import type { StreamId } from '#shared/lib/brand.ts';
import type { TillIdentity } from '#renderer/data/rows.ts';
import { createRowMaker } from './member-rows.ts';
import { loadMembers } from './native-load.ts';

export interface LoadRequest {
  readonly database: string;
  readonly from: number;
  readonly to: number;
  readonly stream: StreamId;
  readonly identity: TillIdentity;
  readonly programs: readonly ProgramDefinition[];
}

const scope = self as unknown as DedicatedWorkerGlobalScope;

async function load(request: LoadRequest): Promise<void> {
  const maker = createRowMaker({
    head: { stream: request.stream, seq: 0, link: '' },
    identity: request.identity,
    programs: makeProgramBook(request.programs),
  });
  const database = await openNative(request.database);
  await loadMembers(database, maker, request, (done) => scope.postMessage(done, []));
  database.close();
  scope.postMessage('done', []);
}

function openNative(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('not opened')));
  });
}

scope.addEventListener('message', ({ data }: MessageEvent<LoadRequest>) => void load(data));
