// Is there room on the disk? A page can't ask; it can only try (probe-file.ts), and only a worker can try in place.

/** What of a worker the probe uses. */
export type ProbeWorker = Pick<Worker, 'postMessage' | 'addEventListener'>;

export const startProbeWorker = (): ProbeWorker =>
  new Worker(new URL('./room-probe.worker.ts', import.meta.url), { type: 'module', name: 'room' });

/** @returns whether `bytes` more can be stored right now. Never rejects; true where nobody can know. */
export function createRoomProbe(startWorker: () => ProbeWorker): (bytes: number) => Promise<boolean> {
  let worker: ProbeWorker | undefined;
  let isBroken = false;
  let tell: ((isRoom: boolean) => void) | undefined;
  let running: { readonly bytes: number; readonly answer: Promise<boolean> } | undefined;

  function start(): ProbeWorker {
    const started = startWorker();
    started.addEventListener('message', ({ data }: MessageEvent<boolean>) => tell?.(data));
    // It could not even be loaded: nobody can know.
    started.addEventListener('error', () => {
      isBroken = true;
      tell?.(true);
    });
    return started;
  }

  function probe(bytes: number): Promise<boolean> {
    return new Promise((resolve) => {
      tell = resolve;
      worker ??= start();
      if (isBroken) return resolve(true);
      worker.postMessage(bytes);
    });
  }

  return async (bytes) => {
    if (running?.bytes === bytes) return await running.answer;
    const before = running?.answer;
    const answer = (async () => {
      await before;
      return await probe(bytes);
    })();
    const mine = { bytes, answer };
    running = mine;
    const hasRoom = await answer;
    if (running === mine) running = undefined;
    return hasRoom;
  };
}
