import { describe, expect, test } from 'vitest';
import type { EventId, MemberId } from '#shared/lib/brand.ts';
import { encodeBase64 } from '#shared/lib/base64.ts';
import { http, MemoryEndpoint, refusal } from '#tests/fakes/memory-endpoint.ts';
import { MemorySyncStore } from '#tests/fakes/memory-sync-store.ts';
import { answering, restedTill, standUp, pathsOf, HELLO, PULL, PUSH } from '#tests/fakes/loop-stand.ts';

const MEMBER = 'member-1' as MemberId;
const DOCS = 'GET /v1/profiles';

describe('the loop', () => {
  test('says hello, pulls, pushes and rests with the feed open', async () => {
    const endpoint = await MemoryEndpoint.open();
    const store = new MemorySyncStore('till-1');
    store.write('a');
    const { loop } = await restedTill(endpoint, { store });
    expect(pathsOf(endpoint)).toEqual([HELLO, PULL, PUSH, DOCS]);
    expect(store.ids).toEqual(['a']);
    expect(endpoint.feedCount).toBe(1);
    expect(loop.status()).toMatchObject({ phase: { kind: 'idle' }, unsentEvents: 0, cursor: 1, head: 1 });
  });

  test('says from the very first how much waits', async () => {
    const endpoint = await MemoryEndpoint.open();
    const store = new MemorySyncStore('till-1');
    for (const id of ['a', 'b']) store.write(id);
    store.name('member-1', 'Ada');
    const { loop } = await standUp(endpoint, { store, ready: () => new Promise(() => undefined) });
    expect(loop.status()).toMatchObject({ unsentEvents: 2, unsentProfiles: 1, lastContactAt: null });
  });

  test('sends an own event at once, in one request, and the echo of it costs none', async () => {
    const endpoint = await MemoryEndpoint.open();
    const { store, loop, told } = await restedTill(endpoint);
    endpoint.asked.length = 0;
    store.write('a');
    loop.nudge();
    await expect.poll(() => store.ids).toEqual(['a']);
    await loop.rested();
    expect(pathsOf(endpoint)).toEqual([PUSH]);
    expect(loop.status()).toMatchObject({ cursor: 1, unsentEvents: 0 });
    expect(told.length).toBeGreaterThan(0);
  });

  test('sends a backlog in batches of five hundred, back to back', async () => {
    const endpoint = await MemoryEndpoint.open();
    const store = new MemorySyncStore('till-1');
    for (let index = 0; index < 1201; index += 1) store.write(`e${index}`);
    const { timers, loop } = await restedTill(endpoint, { store });
    expect(pathsOf(endpoint).filter((path) => path === PUSH)).toHaveLength(3);
    expect(store.ids).toHaveLength(1201);
    expect(store.ids[1200]).toBe('e1200');
    expect(timers.nowMs).toBe(0);
    const sizes = loop
      .status()
      .recent.filter(({ kind }) => kind === 'push')
      .map(({ events }) => events);
    expect(sizes).toEqual([201, 500, 500]);
  });

  test('the places of a long backlog come with its verdicts where nobody else’s stand in between', async () => {
    const endpoint = await MemoryEndpoint.open();
    const store = new MemorySyncStore('till-1');
    for (let index = 0; index < 1700; index += 1) store.write(`e${index}`);
    const { loop } = await restedTill(endpoint, { store });
    expect(pathsOf(endpoint)).toEqual([HELLO, PULL, PUSH, PUSH, PUSH, PUSH, DOCS]);
    expect(store.ids).toHaveLength(1700);
    expect(loop.status()).toMatchObject({ cursor: 1700, unsentEvents: 0 });
  });

  /** Of what another till wrote this one has not heard. */
  async function besideAnother() {
    const endpoint = await MemoryEndpoint.open();
    const stand = await restedTill(endpoint);
    const other = await restedTill(endpoint, { till: 'till-2' });
    endpoint.isSilent = true;
    other.store.write('x');
    other.loop.nudge();
    await other.loop.rested();
    return { endpoint, ...stand };
  }

  test('else they are pulled together, behind its last full batch', async () => {
    const { endpoint, store, loop } = await besideAnother();
    for (let index = 0; index < 1700; index += 1) store.write(`e${index}`);
    endpoint.asked.length = 0;
    loop.nudge();
    await expect.poll(() => store.ids.length).toBe(1701);
    await loop.rested();
    expect(pathsOf(endpoint)).toEqual([PUSH, PUSH, PUSH, PUSH, PULL]);
  });

  test('somebody who waits for a place is not kept waiting by a long backlog', async () => {
    const { endpoint, store, loop } = await besideAnother();
    for (let index = 0; index < 2500; index += 1) store.write(`e${index}`);
    endpoint.asked.length = 0;
    await loop.confirm('e0' as EventId, MEMBER);
    await loop.rested();
    // From then on nobody stands in between.
    expect(pathsOf(endpoint)).toEqual([PUSH, PULL, PUSH, PUSH, PUSH, PUSH]);
  });

  test('of a long past the documents come behind its first page, and then the rest', async () => {
    const endpoint = await MemoryEndpoint.open();
    const one = new MemorySyncStore('till-1');
    for (const id of ['a', 'b', 'c']) one.write(id);
    one.name('member-1', 'Ada');
    await restedTill(endpoint, { store: one });
    const { events } = await endpoint.store.pullEvents({ shop: endpoint.shop, after: 0, limit: 1 });
    const page = events.map(({ g, json }) => ({ g, event: JSON.parse(json) as unknown }));
    const first = http(200, { serverEpoch: await endpoint.store.epoch(), events: page, head: 30_000 });
    const isFirst = ({ path }: { readonly path: string }) => path.startsWith('/v1/events?after=0');
    endpoint.interfere = (request) => (isFirst(request) ? first : undefined);
    const two = await restedTill(endpoint, { till: 'till-2' });
    expect(pathsOf(endpoint, 'till-2')).toEqual([HELLO, PULL, DOCS, PULL]);
    expect(two.store.ids).toEqual(one.ids);
    expect(two.store.profiles.get('member-1')?.name).toBe('Ada');
  });

  test('two tills hear of each other through the feed', async () => {
    const endpoint = await MemoryEndpoint.open();
    const one = await restedTill(endpoint);
    const two = await restedTill(endpoint, { till: 'till-2' });
    one.store.write('a');
    one.store.name('member-1', 'Ada');
    one.loop.nudge();
    await expect.poll(() => two.store.ids).toEqual(['a']);
    await expect.poll(() => two.store.profiles.get('member-1')?.name).toBe('Ada');
    await expect.poll(() => two.pulled.flat()).toContain('member-1');
    two.store.erase('member-1');
    two.loop.nudge();
    await expect.poll(() => one.store.profiles.size).toBe(0);
    expect(one.store.erased.has('member-1')).toBe(true);
  });

  test('a page is written in pieces as large as the counter allows', async () => {
    const endpoint = await MemoryEndpoint.open();
    const one = new MemorySyncStore('till-1');
    for (let index = 0; index < 95; index += 1) one.write(`e${index}`);
    await restedTill(endpoint, { store: one });
    const two = await restedTill(endpoint, { till: 'till-2', rows: 10 });
    expect(two.store.ids).toEqual(one.ids);
    expect(pathsOf(endpoint, 'till-2')).toEqual([HELLO, PULL, DOCS]);
    expect(two.loop.status()).toMatchObject({ cursor: 95, head: 95 });
  });

  test('and waits with it while the counter is being answered', async () => {
    const endpoint = await MemoryEndpoint.open();
    const one = new MemorySyncStore('till-1');
    one.write('a');
    await restedTill(endpoint, { store: one });
    let open = (): void => undefined;
    const quiet = new Promise<void>((resolve) => (open = resolve));
    const isPulled = () => pathsOf(endpoint, 'till-2').includes(PULL);
    const two = await standUp(endpoint, {
      till: 'till-2',
      ready: async () => (isPulled() ? await quiet : undefined),
    });
    await expect.poll(isPulled).toBe(true);
    expect(two.store.ids).toEqual([]);
    open();
    await two.loop.rested();
    expect(two.store.ids).toEqual(['a']);
  });

  test('asks now and then where the feed can’t be held, and calls again', async () => {
    const endpoint = await MemoryEndpoint.open();
    const one = await restedTill(endpoint);
    const two = await restedTill(endpoint, { till: 'till-2' });
    endpoint.isFeedBroken = true;
    endpoint.endFeeds();
    one.store.write('a');
    one.loop.nudge();
    await one.loop.rested();
    await two.pass(25_000);
    expect(two.store.ids).toEqual([]);
    await two.pass(10_000);
    expect(two.store.ids).toEqual(['a']);
    endpoint.isFeedBroken = false;
    await two.pass(15 * 60_000);
    expect(endpoint.feedCount).toBe(1);
  });

  test('a feed that tells more than there is costs a few questions and holds nothing up', async () => {
    const endpoint = await MemoryEndpoint.open();
    const { store, loop, pass } = await restedTill(endpoint);
    endpoint.asked.length = 0;
    endpoint.say({ head: 900, docHead: 900 });
    await loop.rested();
    await pass(60_000);
    expect(endpoint.asked.length).toBeLessThan(12);
    store.write('a');
    loop.nudge();
    await loop.rested();
    expect(store.ids).toEqual(['a']);
  });

  test('asks beside a feed that is open and silent', async () => {
    const endpoint = await MemoryEndpoint.open();
    const one = await restedTill(endpoint);
    const two = await restedTill(endpoint, { till: 'till-2' });
    endpoint.isSilent = true;
    one.store.write('a');
    one.loop.nudge();
    await one.loop.rested();
    await two.pass(200_000);
    expect(two.store.ids).toEqual([]);
    await two.pass(200_000);
    expect(two.store.ids).toEqual(['a']);
  });
});

describe('what an endpoint can do to a queue', () => {
  test('one event makes it refuse whole batches: halved until it is alone, and the others pass', async () => {
    const endpoint = await MemoryEndpoint.open();
    const store = new MemorySyncStore('till-1');
    for (let index = 0; index < 200; index += 1) store.write(`e${index}`);
    endpoint.interfere = ({ body = '' }) =>
      body.includes('"e123"') ? refusal(422, 'bad-request') : undefined;
    const { loop } = await restedTill(endpoint, { store });
    expect(store.kept.setAside).toMatchObject([{ id: 'e123', code: 'http-422' }]);
    expect(loop.status().setAside).toHaveLength(1);
    expect(store.ids).toHaveLength(199);
    const refused = loop.status().recent.filter(({ outcome }) => outcome === 'http-422');
    expect(refused.length).toBeLessThanOrEqual(Math.ceil(Math.log2(200)) + 1);

    endpoint.interfere = () => undefined;
    await loop.offerAgain('e123');
    await loop.rested();
    expect(loop.status()).toMatchObject({ setAside: [], unsentEvents: 0 });
    expect(store.ids).toHaveLength(200);
  });

  test('a gap: hello, and on from what it has', async () => {
    const endpoint = await MemoryEndpoint.open();
    const { store, loop } = await restedTill(endpoint);
    store.write('a');
    store.write('b');
    store.kept = { ...store.kept, uploaded: 1 };
    loop.nudge();
    await loop.rested();
    expect(store.ids).toEqual(['a', 'b']);
    expect(pathsOf(endpoint).filter((path) => path === HELLO)).toHaveLength(2);
  });

  test('restored from a backup: everything is pulled and offered anew, documents too', async () => {
    const endpoint = await MemoryEndpoint.open();
    const one = await restedTill(endpoint);
    one.store.write('a');
    one.loop.nudge();
    await one.loop.rested();
    const backup = endpoint.backUp();
    one.store.write('b');
    one.store.name('member-1', 'Ada');
    one.loop.nudge();
    await one.loop.rested();
    endpoint.restore(backup);
    one.loop.contactNow();
    await one.loop.rested();
    await one.pass(60_000);
    expect(one.store.alarms).toContain('endpoint-restored');
    expect((await endpoint.store.heads('shop-1')).head).toBe(2);
    const two = await restedTill(endpoint, { till: 'till-2' });
    expect(two.store.ids).toEqual(one.store.ids);
    expect(two.store.profiles.get('member-1')?.name).toBe('Ada');
  });

  test('a till of another key reads the events and no person', async () => {
    const endpoint = await MemoryEndpoint.open();
    const one = new MemorySyncStore('till-1');
    one.write('a');
    one.name('member-1', 'Ada');
    await restedTill(endpoint, { store: one });
    const key = encodeBase64(new Uint8Array(32).fill(8));
    const two = await restedTill(endpoint, { till: 'till-2', shopKey: key });
    expect(two.store.ids).toEqual(['a']);
    expect(two.store.profiles.size).toBe(0);
    expect(two.loop.status().recent).toContainEqual(
      expect.objectContaining({ kind: 'profiles-pull', outcome: 'unreadable' }),
    );
    expect(JSON.stringify(endpoint.asked)).not.toContain('Ada');
  });

  test('a document that is refused alone lets the others pass', async () => {
    const endpoint = await MemoryEndpoint.open();
    const store = new MemorySyncStore('till-1');
    for (const member of ['m1', 'm2', 'm3', 'm4']) store.name(member, MEMBER);
    endpoint.interfere = ({ path, body = '' }) =>
      path === '/v1/profiles' && body.includes('"m2"') ? refusal(422, 'bad-request') : undefined;
    const { loop } = await restedTill(endpoint, { store });
    expect([...store.waiting]).toEqual(['m2']);
    expect(loop.status()).toMatchObject({ phase: { kind: 'idle' }, unsentProfiles: 1 });
  });
});

describe('a redemption', () => {
  test('is confirmed, or in excess, once everything before it is here', async () => {
    const endpoint = await MemoryEndpoint.open();
    const { store, loop } = await restedTill(endpoint);
    store.write('r1');
    store.write('r2');
    store.excess.add('r2');
    expect(await Promise.all(['r1', 'r2'].map((id) => loop.confirm(id as EventId, MEMBER)))).toEqual([
      'confirmed',
      'excess',
    ]);
  });

  test('is worth a try before a wait is over, and gets no answer when there is none', async () => {
    const endpoint = await MemoryEndpoint.open();
    endpoint.interfere = () => ({ kind: 'failed', because: 'network' });
    const { store, loop } = await restedTill(endpoint);
    store.write('r1');
    expect(await loop.confirm('r1' as EventId, MEMBER)).toBe('no-answer');
    endpoint.interfere = () => undefined;
    expect(await loop.confirm('r1' as EventId, MEMBER)).toBe('confirmed');
  });

  test('that was set aside is told as that', async () => {
    const endpoint = await MemoryEndpoint.open();
    const { store, loop } = await restedTill(endpoint);
    answering(endpoint, PUSH, () => refusal(422, 'bad-request'));
    store.write('r1');
    expect(await loop.confirm('r1' as EventId, MEMBER)).toBe('set-aside');
  });
});

describe('a store in trouble', () => {
  test('is tried again later, and says so', async () => {
    const endpoint = await MemoryEndpoint.open();
    const { store, loop, faults, pass } = await restedTill(endpoint);
    store.write('a');
    store.nextFault = new DOMException('full', 'QuotaExceededError');
    loop.nudge();
    await loop.rested();
    expect(faults).toHaveLength(1);
    expect(loop.status()).toMatchObject({
      phase: { kind: 'waiting' },
      recent: [{ outcome: 'store-failed' }, { kind: 'hello' }],
    });
    await pass(1000);
    expect(store.ids).toEqual(['a']);
  });

  test('a stop waits for what is being written', async () => {
    const endpoint = await MemoryEndpoint.open();
    const { store, loop } = await restedTill(endpoint);
    store.write('a');
    loop.nudge();
    const answer = loop.confirm('a' as EventId, MEMBER);
    await loop.stop();
    expect(['confirmed', 'no-answer']).toContain(await answer);
    const before = endpoint.asked.length;
    loop.nudge();
    loop.contactNow();
    await loop.rested();
    expect(endpoint.asked).toHaveLength(before);
    expect(endpoint.feedCount).toBe(0);
  });
});
