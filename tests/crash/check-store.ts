import { balanceOf } from '#shared/domain/member-state.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import { findChainFault } from '#shared/ledger/stream.ts';
import type { CardsRow, EventRow, MemberRow, ProfileRow, ProgramRow } from '#renderer/data/rows.ts';
import { countIntents, type Intent, type Rules } from './history.ts';

/** What lies in the store after a kill, read as plain rows. */
export interface StoreContent {
  readonly events: readonly EventRow[];
  readonly cards: readonly CardsRow[];
  readonly members: readonly MemberRow[];
  readonly profiles: readonly ProfileRow[];
  readonly programs: readonly ProgramRow[];
}

/** Events that are no cashier's intent: the shop was set up before the first kill. */
const SETUP_TYPES: ReadonlySet<string> = new Set(['shop', 'program']);

/** Everything that must hold. Settles open intents of `intents`: found in the store means done. @returns violations */
export function findViolations(content: StoreContent, intents: readonly Intent[]): string[] {
  const events = content.events.map(({ n: _, ...event }): LedgerEvent => event);
  return [
    ...findDoubles(events),
    ...settleIntents(content, intents),
    ...findBrokenChains(events),
    ...findWrongBalances(content, intents),
  ];
}

function findDoubles(events: readonly LedgerEvent[]): string[] {
  const seen = new Set<string>();
  return events.flatMap(({ id, stream, seq }) =>
    [id, `${stream} ${seq}`].flatMap((key) => {
      if (seen.has(key)) return [`twice in the ledger: ${key}`];
      seen.add(key);
      return [];
    }),
  );
}

function settleIntents(content: StoreContent, intents: readonly Intent[]): string[] {
  const violations: string[] = [];
  const phones = new Map(content.profiles.map(({ member, phone }) => [member as string, phone]));
  const byId = new Map(content.events.map((event) => [event.id as string, event]));
  const claimed = new Set<string>();
  for (const { event: id, kind } of intents) {
    if (id === undefined) continue;
    claimed.add(id);
    const found = byId.get(id);
    if (!found) violations.push(`shown as done, but gone: ${kind} ${id}`);
    else if (found.type !== kind) violations.push(`shown as ${kind}, but stored as ${found.type}: ${id}`);
  }
  const unclaimed = content.events.filter(({ id, type }) => !claimed.has(id) && !SETUP_TYPES.has(type));
  for (const event of unclaimed) {
    const intent = intents.find((open) => isAbout(open, event, phones));
    if (intent) intent.event = event.id;
    else violations.push(`nobody asked for it: ${event.type} ${event.id}`);
  }
  return violations;
}

function isAbout(open: Intent, event: EventRow, phones: ReadonlyMap<string, string | null>): boolean {
  if (open.event !== undefined || open.kind !== event.type) return false;
  if (open.target) {
    const { data } = event;
    return typeof data === 'object' && data !== null && 'target' in data && data.target === open.target.event;
  }
  return phones.get(event.member ?? '') === open.phone;
}

function findBrokenChains(events: readonly LedgerEvent[]): string[] {
  const links = new Set(events.map(({ stream, seq, link }) => `${stream} ${seq} ${link}`));
  return [...new Set(events.map(({ stream }) => stream))].flatMap((stream) => {
    const inOrder = events.filter((event) => event.stream === stream).sort((a, b) => a.seq - b.seq);
    const fault = findChainFault(inOrder);
    const parent = inOrder[0]?.parent;
    const violations: string[] = [];
    if (fault) violations.push(`broken chain ${stream}: ${fault.fault} at ${fault.seq}`);
    if (parent && !links.has(`${parent.stream} ${parent.seq} ${parent.link}`)) {
      violations.push(`the chain ${stream} grew out of an event that is gone`);
    }
    return violations;
  });
}

export function rulesOf(content: Pick<StoreContent, 'programs'>): Rules {
  const [program] = content.programs.toSorted((a, b) => b.version - a.version);
  if (!program) throw new Error('no program is set up');
  if (program.unit.kind !== 'stamps') throw new Error('the program is no card of stamps');
  return { size: program.unit.size, headStart: program.headStart };
}

function findWrongBalances(content: StoreContent, intents: readonly Intent[]): string[] {
  const violations: string[] = [];
  const expected = countIntents(intents, rulesOf(content));
  const cards = new Map(content.cards.map((card) => [card.member as string, card]));
  for (const { id, phone, stamps } of content.members) {
    const wanted = expected.get(phone ?? '');
    const card = cards.get(id);
    const held = card?.programs.reduce((sum, program) => sum + balanceOf(program), 0);
    const taken = card?.programs.reduce((sum, program) => sum + program.completed, 0);
    if (!wanted) violations.push(`a member nobody enrolled: ${id}`);
    else if (held !== wanted.stamps || stamps !== wanted.stamps || taken !== wanted.redemptions) {
      violations.push(
        `wrong balance of ${id}: ${wanted.stamps} stamps and ${wanted.redemptions} rewards were asked for, ` +
          `the card says ${held} and ${taken}, the list ${stamps}`,
      );
    }
  }
  const present = new Set(content.members.map(({ phone }) => phone as string));
  for (const phone of expected.keys()) {
    if (!present.has(phone)) violations.push(`an enrolled member is gone`);
  }
  return violations;
}
