import type { LedgerEvent } from '#shared/ledger/event.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import type { ProfileDoc } from '#shared/sync/wire.ts';
import type { Truth } from './card-invariants.ts';
import { expectTrue, type Disk } from './disk.ts';
import { openDoc } from './profile-port.ts';
import { PRODUCTION } from './protocol.ts';
import { SHOP } from './surroundings.ts';
import type { Till } from './till.ts';
import type { World } from './world.ts';

/** Documents: the same everywhere, the latest of each, and nothing of whoever was forgotten. */

export async function checkPeople(truth: Truth, world: World): Promise<void> {
  const { inner } = world.endpoint.store;
  const { docHead } = await inner.heads(SHOP);
  const { docs } = await inner.pullProfiles({ shop: SHOP, after: 0, limit: docHead + 1 });
  const bytes = documentsOf(docs);
  for (const till of world.tills) {
    expectTrue(
      documentsAt(till.disk) === bytes,
      `I6 the documents of ${till.name} are not those of the endpoint`,
    );
    checkNumbers(till);
  }
  checkEdits(docs, world);
  checkErased(docs, truth.order, world);
}

const byMember = (a: { readonly member: string }, b: { readonly member: string }) =>
  a.member < b.member ? -1 : 1;

const documentsOf = (docs: readonly ProfileDoc[]): string =>
  canonicalJson(
    docs
      .map(openDoc)
      .map((doc) => ({
        member: doc.member,
        hlc: doc.hlc,
        name: doc.kind === 'erased' ? null : doc.profile.name,
      }))
      .sort(byMember),
  );

const documentsAt = ({ profiles, erased }: Disk): string =>
  canonicalJson(
    [
      ...[...profiles.values()].map(({ member, hlc, name }) => ({
        member: member as string,
        hlc: hlc as string,
        name,
      })),
      ...[...erased].map(([member, hlc]) => ({ member, hlc, name: null })),
    ].sort(byMember),
  );

/** I13: one number that was enrolled twice is one person everywhere, unless somebody said otherwise. */
function checkNumbers({ name, disk }: Till): void {
  if (disk.unreadTypes.size > 0) return;
  const holders = [...disk.profiles.values()].flatMap(({ member, phone }) =>
    phone !== null && disk.members.has(member) ? [{ member, phone }] : [],
  );
  const events = disk.eventsOfMerged(holders.map(({ member }) => member));
  const open = PRODUCTION.planSameNumberMerges(holders, events);
  expectTrue(open.length === 0, `I13 ${name} leaves ${open[0]?.member} and ${open[0]?.other} two people`);
}

/** I1 and I6 for documents: of all versions that were shown as done the latest holds, and an erasure holds for ever. */
function checkEdits(docs: readonly ProfileDoc[], { surroundings }: World): void {
  const held = new Map(docs.map((doc) => [doc.member, openDoc(doc)]));
  const written = new Set(surroundings.edits.map(({ member, hlc, name }) => `${member} ${hlc} ${name}`));
  for (const { member, hlc, name, after, isExcused } of surroundings.edits) {
    expectTrue(
      after === undefined || hlc > after,
      `I17 a correction of ${member} is older than what it corrects`,
    );
    if (isExcused) continue;
    const doc = held.get(member);
    expectTrue(doc !== undefined, `I1 the document of ${member} is lost`);
    if (doc?.kind === 'erased') continue;
    expectTrue(name !== null, `I14 ${member} was forgotten and is there`);
    expectTrue(doc !== undefined && doc.hlc >= hlc, `I6 an older document of ${member} holds`);
  }
  for (const doc of held.values()) {
    const name = doc.kind === 'erased' ? null : doc.profile.name;
    expectTrue(
      written.has(`${doc.member} ${doc.hlc} ${name}`),
      `I3 nobody wrote the document of ${doc.member}`,
    );
  }
}

/** I14: no name of whoever was forgotten, in no store and in no file that is written from now on. */
function checkErased(docs: readonly ProfileDoc[], order: readonly LedgerEvent[], world: World): void {
  const erased = new Set(docs.flatMap((doc) => ('erased' in doc ? doc.member : [])));
  for (const { type, member } of order) {
    if (type !== 'erasure' || member === undefined) continue;
    expectTrue(erased.has(member), `I14 ${member} was forgotten and has no tombstone`);
  }
  if (erased.size === 0) return;
  const names = world.surroundings.edits.flatMap(({ member, name }) =>
    erased.has(member) && name !== null ? name : [],
  );
  const stores = [
    ['the endpoint', JSON.stringify(docs) + JSON.stringify(order)],
    ...world.tills.map(({ name, disk }) => [
      name,
      JSON.stringify([[...disk.profiles.values()], disk.rows.map(({ event }) => event)]),
    ]),
  ];
  for (const [where, text] of stores) {
    const found = new Set((text ?? '').match(/name-\d+/g));
    const left = names.find((name) => found.has(name));
    expectTrue(left === undefined, `I14 ${where} still knows ${left}`);
  }
}
