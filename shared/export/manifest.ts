import type { DayFigures } from '../domain/day-figures.ts';
import type { EventData, KnownEvent } from '../ledger/event.ts';
import type { SpreadsheetDialect } from './spreadsheet.ts';

/** What lies in the folder after a close, so that whoever takes it over can check that it is whole and unchanged. */
export const MANIFEST_FORMAT = 'tenpunch-day-1';

export interface ManifestFile {
  readonly name: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

export interface DayManifest {
  readonly format: typeof MANIFEST_FORMAT;
  readonly app: string;
  readonly shop: string;
  readonly shopName: string;
  readonly till: string;
  readonly tillName: string;
  readonly day: string;
  /** 0: the close itself; else which supplement. */
  readonly supplement: number;
  /** The event that closed it: its place in the chain is the signature. */
  readonly close: {
    readonly id: string;
    readonly stream: string;
    readonly seq: number;
    readonly link: string;
    /** ISO 8601, UTC, by the clock of the till. */
    readonly at: string;
  };
  readonly heads: EventData<'day-close'>['heads'];
  readonly cursor: number;
  readonly unsent: number;
  readonly events: number;
  /** Its canonical JSON has the SHA-256 below. Absent where they can't be computed to the same bytes any more. */
  readonly figures?: DayFigures;
  /** As the close seals them. */
  readonly figuresSha256: string;
  readonly csv: SpreadsheetDialect & { readonly names: boolean };
  readonly files: readonly ManifestFile[];
}

export function makeManifest(request: {
  readonly close: KnownEvent & { readonly type: 'day-close' };
  readonly supplement: number;
  readonly app: string;
  readonly shopName: string;
  readonly tillName: string;
  readonly figures: DayFigures | undefined;
  readonly csv: DayManifest['csv'];
  readonly files: readonly ManifestFile[];
}): string {
  const { close, ...rest } = request;
  const { data } = close;
  const manifest: DayManifest = {
    format: MANIFEST_FORMAT,
    app: rest.app,
    shop: close.shop,
    shopName: rest.shopName,
    till: close.till,
    tillName: rest.tillName,
    day: data.day,
    supplement: rest.supplement,
    close: {
      id: close.id,
      stream: close.stream,
      seq: close.seq,
      link: close.link,
      at: new Date(close.wall).toISOString(),
    },
    heads: data.heads,
    cursor: data.cursor,
    unsent: data.unsent,
    events: data.events,
    ...(rest.figures ? { figures: rest.figures } : {}),
    figuresSha256: data.figures,
    csv: rest.csv,
    files: rest.files,
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
