/** Runs inside the app's page: how its sync stands, and when what was on the screen. All times are on one clock for every page. */

export interface SyncMoment {
  /** Milliseconds since 1970 UTC, with fractions. */
  readonly at: number;
  readonly phase: string;
  readonly cursor: number;
  readonly head: number;
  readonly unsent: number;
  readonly unsentProfiles: number;
  /** Of what is read ahead of a long past; null: nothing is. */
  readonly ahead: number | null;
}

export interface ScreenChange {
  readonly at: number;
  readonly text: string;
}

export interface SyncWatch {
  now(): number;
  /** The newest first state is kept: a till tells four a second. */
  moments(): readonly SyncMoment[];
  /** What the member's panel has said since the last call. */
  takeChanges(): readonly ScreenChange[];
  takeEnters(): readonly number[];
  takeLongTasks(): number[];
}

/** Self-contained: the driver hands its text to the browser. */
export function installSyncWatch(channelName: string): void {
  const now = (): number => performance.timeOrigin + performance.now();
  const moments: SyncMoment[] = [];
  const changes: ScreenChange[] = [];
  const enters: number[] = [];
  const longTasks: number[] = [];
  interface Status {
    readonly phase: { readonly kind: string };
    readonly cursor: number;
    readonly head: number;
    readonly unsentEvents: number;
    readonly unsentProfiles: number;
    readonly snapshot: { readonly done: number } | null;
  }
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', ({ data }: MessageEvent<{ type: string; status: Status }>) => {
    if (data.type !== 'status') return;
    const { phase, cursor, head, unsentEvents, unsentProfiles, snapshot } = data.status;
    moments.push({
      at: now(),
      phase: phase.kind,
      cursor,
      head,
      unsent: unsentEvents,
      unsentProfiles,
      ahead: snapshot?.done ?? null,
    });
  });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(duration);
  }).observe({ type: 'longtask' });
  window.addEventListener(
    'keydown',
    ({ key, timeStamp }) => {
      if (key === 'Enter') enters.push(performance.timeOrigin + timeStamp);
    },
    { capture: true },
  );
  let before = '';
  new MutationObserver(() => {
    const text = document.querySelector('[data-testid="match"]')?.textContent ?? '';
    if (text === before) return;
    before = text;
    changes.push({ at: now(), text });
  }).observe(document, { subtree: true, childList: true, characterData: true });

  const watch: SyncWatch = {
    now,
    moments: () => moments,
    takeChanges: () => changes.splice(0),
    takeEnters: () => enters.splice(0),
    takeLongTasks: () => longTasks.splice(0),
  };
  Object.assign(window, { syncWatch: watch });
}
