import type { ProgramDefinition } from '#shared/domain/program.ts';
import { CHAIN_START, findEventFault } from '#shared/ledger/stream.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import { cardsOf, checkCards, foldOrder, type Truth } from './card-invariants.ts';
import { expectTrue, type Disk } from './disk.ts';
import { checkPeople } from './people-invariants.ts';
import { PRODUCTION } from './protocol.ts';
import { OTHER_SHOP, SHOP } from './surroundings.ts';
import type { Till } from './till.ts';
import type { World } from './world.ts';

/** What must hold when everything is healed and drained. I2, I4, I5 and I17 are also checked with every write. */
export async function checkQuiet(world: World): Promise<void> {
  const order = await world.orderOf(SHOP);
  const ids = order.map(({ id }) => id);
  expectTrue(new Set(ids).size === ids.length, 'I2 an id has two places');
  checkIntents(world, new Set<string>(ids));
  checkAudit(order, world);
  const truth = foldOrder(order);
  const bytes = cardsOf(truth.cards);
  for (const till of world.tills) checkDisk(till, truth, { bytes, comeLate: world.comeLate });
  checkCards(truth, world);
  await checkPeople(truth, world);
  // A copy of a till may have set aside what the till itself still offers: it comes late to both.
  const odd = new Set([...world.comeLate, ...world.tills.flatMap(({ disk }) => [...disk.oddOnes])]);
  if (!world.isEndpointRestored) for (const till of world.tills) checkOrder(till, odd);
  checkForks(world);
  await checkStranger(world);
  countTwins(order, world);
}

/** I18: who did it, at which till and when, is what the key said that was pressed. */
function checkAudit(order: readonly LedgerEvent[], { intents }: World): void {
  for (const { id, type, staff, till, wall, day, seq, stream } of order) {
    const intent = intents.get(id);
    const isNamed = intent?.type === type && intent.staff === staff && intent.till === till;
    expectTrue(isNamed, `I18 ${type} ${id} does not say who did it`);
    const isPlaced = Number.isSafeInteger(wall) && day.length === 10 && seq >= 1 && stream.length > 0;
    expectTrue(isPlaced, `I18 ${type} ${id} does not say when and where`);
  }
}

/** I19: two shops at one endpoint, and neither has anything of the other. */
async function checkStranger({ stranger, tills, endpoint, orderOf }: World): Promise<void> {
  if (!stranger) return;
  const { disk, world } = stranger;
  const ids = (await orderOf(OTHER_SHOP)).map(({ id }) => id);
  const held = disk.rows.map(({ event }) => event.id);
  expectTrue(
    canonicalJson(held.toSorted()) === canonicalJson(ids.toSorted()),
    "I19 the other shop's till has not the other shop's order",
  );
  for (const id of ids)
    expectTrue(world.intents.has(id), `I19 the other shop has ${id}, which is not its own`);
  for (const member of disk.profiles.keys()) {
    const isSeen = tills.some((till) => till.disk.profiles.has(member));
    expectTrue(!isSeen, `I19 ${member} of the other shop is known here`);
  }
  const [first] = tills;
  if (first)
    expectTrue(
      await endpoint.isOutOfReach(first.disk.till, disk.token),
      "I19 a token reached another shop's till",
    );
}

function countTwins(order: readonly LedgerEvent[], { publishedTwice, faults }: World): void {
  const versions = new Set<string>();
  for (const { id, type, data } of order) {
    if (type !== 'program') continue;
    const { program } = data as { program: ProgramDefinition };
    const version = `${program.id} ${program.version}`;
    if (versions.has(version)) publishedTwice.add(id);
    versions.add(version);
  }
  faults['same-version-published-twice'] = publishedTwice.size;
}

function checkIntents(world: World, placed: ReadonlySet<string>): void {
  const aside = new Set(world.tills.flatMap(({ disk }) => disk.marks.setAside.map(({ id }) => id)));
  for (const id of aside) expectTrue(world.spoiled.has(id), `I1 ${id} was set aside for nothing`);
  for (const { id, shown, isExcused } of world.intents.values()) {
    const isThere = placed.has(id);
    expectTrue(shown !== 'failed' || !isThere, `I3 ${id} was shown as failed and is there`);
    expectTrue(
      shown !== 'done' || isExcused || isThere || aside.has(id),
      `I1 ${id} was shown as done and is lost`,
    );
  }
  for (const id of placed)
    expectTrue(world.intents.has(id), `I3 nobody meant ${id}; or I19, it is another shop's`);
}

function checkDisk(
  { name, disk }: Till,
  truth: Truth,
  { bytes, comeLate }: { readonly bytes: string; readonly comeLate: ReadonlySet<string> },
): void {
  const ids = truth.order.map(({ id }) => id);
  const there = disk.rows.filter(({ g }) => g !== null).sort((a, b) => (a.g ?? 0) - (b.g ?? 0));
  const pulled = there.map(({ event }) => event.id);
  const unreadable = disk.marks.setAside.filter(({ n }) => n === null).length;
  expectTrue(unreadable === 0, `I5 ${name} set something readable aside`);
  expectTrue(canonicalJson(pulled) === canonicalJson(ids), `I5 ${name} has not the endpoint's order`);
  const alone = disk.rows.filter(
    ({ g, n }) => g === null && !disk.marks.setAside.some((aside) => aside.n === n),
  );
  expectTrue(alone.length === 0, `I1 ${name} counts ${alone[0]?.event.id}, which has no place`);
  const shown = cardsOf(disk.cards);
  expectTrue(
    shown === cardsOf(disk.foldAll(PRODUCTION)),
    `I16 the cards of ${name} are not what a rebuild gives`,
  );
  if (disk.unreadTypes.size === 0)
    expectTrue(shown === bytes, `I6 the cards of ${name} are not those of the order`);
  else checkOlderApp(name, disk, truth);
  checkChains(name, disk, comeLate);
}

/** I15: what an older app can read it shows like everybody else; all else it has, as it was written. */
function checkOlderApp(name: string, disk: Disk, { order, cards, groups }: Truth): void {
  const unread = order.filter(({ type }) => disk.unreadTypes.has(type));
  for (const { id, data, body } of unread) {
    const held = disk.find(id)?.event;
    const isWhole = held?.body === body && canonicalJson(held.data ?? null) === canonicalJson(data ?? null);
    expectTrue(isWhole, `I15 ${name} changed ${id}, which it can't read`);
  }
  const touched = new Set(unread.flatMap(({ member }) => member ?? []));
  const common = [...cards].filter(([member]) => !touched.has(member as MemberId) && !groups.has(member));
  for (const [member, card] of common) {
    const shown = disk.cards.get(member);
    expectTrue(
      cardsOf(new Map(shown ? [[member, shown]] : [])) === cardsOf(new Map([[member, card]])),
      `I15 ${name} shows another card of ${member} than newer apps`,
    );
  }
}

/**
 * I4: own streams are whole from 1, as far as nothing had to move. Of what a damaged copy was brought of first the endpoint
 * has filled the position: it moved, and what stood behind it may have its place where it is.
 */
function checkChains(name: string, disk: Disk, comeLate: ReadonlySet<string>): void {
  const streams = new Map<string, LedgerEvent[]>();
  for (const { event, isOwn } of disk.rows) {
    if (!isOwn) continue;
    const own = streams.get(event.stream);
    if (own) own.push(event);
    else streams.set(event.stream, [event]);
  }
  const aside = new Set(disk.marks.setAside.map(({ id }) => id));
  const isAnyLate = disk.rows.some(({ isOwn, event }) => isOwn && comeLate.has(event.id));
  for (const [stream, events] of streams) {
    const odd = events.some(({ id }) => aside.has(id) || disk.oddOnes.has(id));
    if (odd) continue;
    let before = CHAIN_START;
    for (const event of events.sort((a, b) => a.seq - b.seq)) {
      const isBehindHole = event.seq > before.seq + 1 && isAnyLate && disk.find(event.id)?.g !== null;
      if (isBehindHole) before = { seq: event.seq - 1, link: event.prev };
      const fault = findEventFault(event, before);
      expectTrue(fault === undefined, `I4 ${name}: ${stream} does not hold at ${before.seq + 1} (${fault})`);
      before = event;
    }
  }
}

/** I12: a till's events have their places in the order in which it committed them. */
function checkOrder({ name, disk }: Till, odd: ReadonlySet<string>): void {
  let before = 0;
  for (const { g, isOwn, event } of disk.rows) {
    if (!isOwn || g === null || odd.has(event.id)) continue;
    expectTrue(g > before, `I12 ${name}: ${event.id} overtook what was committed before it`);
    before = g;
  }
}

/** I11: a disk that is a copy says so once for each stream it never wrote; no other disk ever does. */
function checkForks({ tills, copies }: World): void {
  for (const till of tills) {
    const forks = [...till.disk.alarms.keys()].filter((key) => key.startsWith('fork '));
    const streams = new Set(
      till.disk.rows.flatMap(({ isOwn, event }) =>
        !isOwn && event.till === till.disk.till ? event.stream : [],
      ),
    );
    expectTrue(copies.has(till) || forks.length === 0, `I11 ${till.name} saw a fork that is none`);
    if (streams.size > 0) expectTrue(forks.length > 0, `I11 ${till.name} did not see its copy`);
  }
}
