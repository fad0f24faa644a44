import { WIRE_VERSION } from '#shared/sync/wire.ts';
import type { StoreFacts } from '#renderer/data/diagnostics.ts';
import type { VerifyReport } from '#renderer/data/verify-chains.ts';
import type { HostFacts } from '#renderer/platform/use-host-facts.ts';
import type { LogEntry } from '#renderer/platform/memory-log.ts';
import type { SyncStatus } from '#renderer/sync/sync-desk.ts';
import type { CheckedRebuild } from './check-then-rebuild.ts';

export interface ReportRequest {
  readonly appVersion: string;
  readonly hostKind: 'desktop' | 'browser';
  readonly host: HostFacts | undefined;
  readonly store: StoreFacts;
  readonly isPractice: boolean;
  readonly sync: SyncStatus;
  /** The last check, also the one before a rebuild. */
  readonly verified: VerifyReport | undefined;
  readonly rebuilt: CheckedRebuild | undefined;
  readonly log: readonly LogEntry[];
  /** Milliseconds since 1970 UTC. */
  readonly nowMs: number;
}

/**
 * What support needs and nothing of a person: every field is named here, so that a new fact can't slip in. The profile
 * folder stays out, because its path often holds the user's name; so does the shop's own name, and the address of the endpoint
 * with it.
 */
export function makeReport(request: ReportRequest): string {
  const { host, store, verified, rebuilt } = request;
  const report = {
    report: 'tenpunch-diagnostics',
    at: new Date(request.nowMs).toISOString(),
    app: { version: request.appVersion, host: request.hostKind, isPractice: request.isPractice },
    system: host && {
      platform: host.info.platform,
      electron: host.info.electron,
      chrome: host.info.chrome,
      locale: host.info.locale,
      persistence: host.persistence,
      usageBytes: host.estimate?.usageBytes,
      quotaBytes: host.estimate?.quotaBytes,
    },
    store: {
      databaseName: store.databaseName,
      databaseVersion: store.databaseVersion,
      schemaEpoch: store.schemaEpoch,
      ledgerFormat: store.ledgerFormat,
      projectionVersion: store.projectionVersion,
      shop: store.shop,
      till: store.till,
      counts: store.counts,
    },
    sync: syncReport(request.sync),
    verified: verified && {
      events: verified.events,
      streams: verified.streams,
      isCancelled: verified.isCancelled,
      faults: verified.faults.map(({ stream, seq, fault }) => ({ stream, seq, fault })),
    },
    rebuilt: rebuilt && {
      code: rebuilt.code,
      faults: rebuilt.code === 'damaged' ? rebuilt.faults : undefined,
    },
    log: request.log.map(({ at, level, code, details }) => ({
      at: new Date(at).toISOString(),
      level,
      code,
      details,
    })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function syncReport(sync: SyncStatus) {
  const { phase } = sync;
  const moment = (atMs: number | null) => (atMs === null ? null : new Date(atMs).toISOString());
  return {
    protocol: WIRE_VERSION,
    isPaired: sync.endpoint !== undefined,
    phase: phase.kind,
    because: 'because' in phase ? phase.because : undefined,
    isWriter: sync.isWriter,
    lastContactAt: moment(sync.lastContactAt),
    cursor: sync.cursor,
    head: sync.head,
    unsentEvents: sync.unsentEvents,
    unsentProfiles: sync.unsentProfiles,
    oldestUnsentAt: moment(sync.oldestUnsentAt),
    setAside: sync.setAside.map(({ id, code, n }) => ({ id, code, n })),
    recent: sync.recent.map(({ at, kind, events, outcome }) => ({ at: moment(at), kind, events, outcome })),
  };
}

/** `tenpunch-diagnostics-2026-03-05.json` */
export const reportName = (nowMs: number): string =>
  `tenpunch-diagnostics-${new Date(nowMs).toISOString().slice(0, 10)}.json`;
