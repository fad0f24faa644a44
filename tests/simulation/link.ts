import type { RawReply } from '#shared/sync/read-reply.ts';
import type { Chance } from './chance.ts';
import { refusal, type Asked } from './endpoint.ts';
import type { FaultKind } from './faults.ts';
import type { Timeline } from './timeline.ts';

/** The way between a till and its endpoint, as bad as ways are. */

export type Weather = 'fine' | 'offline' | 'portal' | 'storm' | 'busy' | 'no-tls' | 'small-proxy' | 'slow';

export interface Network {
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly count: (fault: FaultKind) => void;
  readonly deliver: (request: Asked) => Promise<RawReply>;
  /** Requests that will still arrive. */
  underway: number;
}

const TIMEOUT_MS = 30_000;
const HOUR_MS = 3_600_000;
const PAGE = '<!doctype html><title>Welcome</title><p>Please log in';

export class Link {
  weather: Weather = 'fine';
  isNoisy = true;

  readonly network: Network;

  constructor(network: Network) {
    this.network = network;
  }

  /** Answers exactly once, whatever happens. */
  send(request: Asked, answer: (reply: RawReply) => void): void {
    const { timeline, chance } = this.network;
    const local = this.#answerOfTheWay(request);
    if (local) {
      timeline.after(100 + chance.below(5000), () => answer(local));
      return;
    }
    let isAnswered = false;
    const answerOnce = (reply: RawReply) => {
      if (isAnswered) return;
      isAnswered = true;
      answer(reply);
    };
    timeline.after(TIMEOUT_MS, () => answerOnce({ kind: 'failed', because: 'timeout' }));
    if (this.#hits('request-lost', 0.02)) return;
    this.#deliver(request, this.#latency(), answerOnce);
    if (this.#hits('request-doubled', 0.03)) this.#deliver(request, this.#latency(), answerOnce);
    if (this.#hits('request-replayed-late', 0.01)) {
      this.#deliver(request, chance.below(6 * HOUR_MS), () => undefined);
    }
  }

  #deliver(request: Asked, afterMs: number, answer: (reply: RawReply) => void): void {
    const { network } = this;
    network.underway += 1;
    network.timeline.after(afterMs, async () => {
      network.underway -= 1;
      const reply = await network.deliver(request);
      if (this.weather === 'offline' || this.#hits('reply-lost', 0.02)) return;
      const seen = this.#spoil(reply, request);
      network.timeline.after(this.#latency(), () => answer(seen));
    });
  }

  /** What somebody on the way answers instead of the endpoint. */
  #answerOfTheWay(request: Asked): RawReply | undefined {
    const { chance, count } = this.network;
    const page = (status: number, retryAfter: string | null = null): RawReply => ({
      kind: 'http',
      status,
      retryAfter,
      text: PAGE,
    });
    switch (this.weather) {
      case 'offline':
        return { kind: 'failed', because: 'network' };
      case 'no-tls':
        return { kind: 'failed', because: 'tls' };
      case 'portal':
        return page(chance.pick([200, 200, 302, 400, 401, 403, 404, 413, 426, 511]));
      case 'storm':
        count('server-error');
        return page(chance.pick([500, 502, 504]));
      case 'busy':
        return page(chance.pick([429, 503]), chance.pick(['30', '600', '7200', '900000', 'soon']));
      case 'small-proxy':
        return request.text.length > 3000 ? page(413) : undefined;
      case 'fine':
      case 'slow':
        return undefined;
    }
  }

  #spoil(reply: RawReply, request: Asked): RawReply {
    if (reply.kind === 'failed') return reply;
    const { text } = reply;
    if (this.#hits('reply-cut', 0.02)) {
      return { ...reply, text: text.slice(0, this.network.chance.below(text.length)) };
    }
    if (request.route === 'pullEvents' && text.includes('"count":1') && this.#hits('page-damaged', 0.01)) {
      return { ...reply, text: text.replace('"count":1', '"count":7') };
    }
    if (this.#hits('server-error', 0.01)) return refusal(500, 'internal');
    return reply;
  }

  #latency(): number {
    const { chance } = this.network;
    if (this.weather === 'slow' || this.#hits('delay', 0.03)) return 200 + chance.below(25_000);
    return 20 + chance.below(300);
  }

  #hits(fault: FaultKind, probability: number): boolean {
    const { chance, count } = this.network;
    if (!this.isNoisy || !chance.happens(probability)) return false;
    count(fault);
    return true;
  }
}
