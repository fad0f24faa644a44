import type { Branded, TillId } from './brand.ts';

/**
 * A hybrid logical clock stamp `<milliseconds, 15 digits>-<counter, 5 digits>-<till>`. Text order is time order, it
 * strictly rises within one till, and it never runs behind a stamp it has seen (Kulkarni et al., 2014).
 */
export type Hlc = Branded<'Hlc'>;

/** A remote stamp further ahead than this is stored but does not move our clock: one wrong clock must not bend all. */
export const MAX_CLOCK_LEAD_MS = 24 * 60 * 60 * 1000;
const MAX_COUNTER = 99_999;

export interface HlcState {
  readonly wallMs: number;
  readonly counter: number;
}

export const HLC_ZERO: HlcState = { wallMs: 0, counter: 0 };

/** The next stamp of our own clock. Skew or a rollback of `nowMs` never blocks it and never makes it fall. */
export function tickHlc(state: HlcState, nowMs: number): HlcState {
  const wallNow = Math.max(0, Math.floor(nowMs));
  if (wallNow > state.wallMs) return { wallMs: wallNow, counter: 0 };
  if (state.counter < MAX_COUNTER) return { wallMs: state.wallMs, counter: state.counter + 1 };
  return { wallMs: state.wallMs + 1, counter: 0 };
}

/** Our clock after having seen a remote stamp: at least as late, unless the stamp is absurdly far ahead. */
export function observeHlc(state: HlcState, remote: HlcState, nowMs: number): HlcState {
  return remote.wallMs > nowMs + MAX_CLOCK_LEAD_MS ? state : raiseHlc(state, remote);
}

/**
 * Our clock after a stamp that the next one must beat however far ahead it is: one of our own till, written before its
 * clock was set back, or the one of a document that is about to be replaced.
 */
export function raiseHlc(state: HlcState, floor: HlcState): HlcState {
  const isBehind =
    floor.wallMs > state.wallMs || (floor.wallMs === state.wallMs && floor.counter > state.counter);
  return isBehind ? { wallMs: floor.wallMs, counter: floor.counter } : state;
}

export function formatHlc(state: HlcState, till: TillId): Hlc {
  return `${String(state.wallMs).padStart(15, '0')}-${String(state.counter).padStart(5, '0')}-${till}` as Hlc;
}

/** Undefined when the text is not a stamp. */
export function parseHlc(text: string): (HlcState & { readonly till: TillId }) | undefined {
  const match = /^(\d{15})-(\d{5})-(.+)$/.exec(text);
  if (!match) return undefined;
  return { wallMs: Number(match[1]), counter: Number(match[2]), till: match[3] as TillId };
}
