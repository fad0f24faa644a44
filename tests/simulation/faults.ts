/** Everything that goes wrong in a simulated world. */
export const FAULT_KINDS = [
  'request-lost',
  'request-doubled',
  'request-replayed-late',
  'reply-lost',
  'reply-cut',
  'page-damaged',
  'delay',
  'server-error',
  'offline-hours',
  'offline-weeks',
  'captive-portal',
  'error-storm',
  'busy',
  'no-tls',
  'small-proxy',
  'slow-link',
  'endpoint-down',
  'crash-between-writes',
  'power-cut',
  'disk-full',
  'double-key',
  'store-wiped',
  'profile-restored',
  'till-cloned',
  'endpoint-restored',
  'clock-forward',
  'clock-back',
  'event-damaged-on-disk',
  'poison-event',
  'token-revoked',
  'token-forgotten',
  'app-too-old',
  'newer-event-type',
  'same-version-published-twice',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];
export type FaultCounts = Record<FaultKind, number>;

export const noFaults = (): FaultCounts =>
  Object.fromEntries(FAULT_KINDS.map((kind) => [kind, 0])) as FaultCounts;
