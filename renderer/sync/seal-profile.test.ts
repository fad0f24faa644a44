import { describe, expect, test } from 'vitest';
import { EMPTY_PROFILE, type Profile } from '#shared/domain/profile.ts';
import { encodeBase64 } from '#shared/lib/base64.ts';
import type { MemberId, PhoneNumber } from '#shared/lib/brand.ts';
import type { Hlc } from '#shared/lib/hlc.ts';
import { profileDocSchema } from '#shared/sync/wire.ts';
import { createProfileSealer, type ProfileSealer } from './seal-profile.ts';

const KEY = encodeBase64(Uint8Array.from({ length: 32 }, (_, index) => index));
const ada: Profile = {
  ...EMPTY_PROFILE,
  member: 'member-1' as MemberId,
  hlc: '000001767225600000-00000-till-1' as Hlc,
  name: 'Ada Ünal',
  phone: '+33612345678' as PhoneNumber,
  note: 'oat milk',
};

/** Written by the first app that sealed. If this one ever seals otherwise, it must still open this. */
const FROZEN =
  'AQkJCQkJCQkJCQkJCcg6Zlrq+mGe80hUmItVJ6FYfv0CeHYo2n2SQFGxHLh0vkRchefJytmLlqffA2OOl4dPcQKKAppsRavFU64ELi/pGYq3FKs6Y3Qy38hr/gQM8MrcVoIBvMht2ch6fCnJz0qhcvGDUkU3V2rHin/Bhh1LHU/4o/EVkzyocNhYuBtJX2kk30TjynltKat0hXf2nYZeCqSe0/sW7Yf9a/oxlGwP49igIfg+Xgbn0hiQ/Z6+aOVdTeEA1Yt+JSosgQ06lYqsr32YUwFK8ub4C+JL/Jj6SNX0GG8O2f4JfMatm28nn9256bFE+sEWKZkZpEOJ94j+XonIMd51LcHcBSQaYm06F7hMQCH4Lr619U6iOwQf';

/** The same nonce each time: only a test may do that. */
const fixed = (count: number) => new Uint8Array(count).fill(9);
const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));

async function sealerOf(
  options: { shop?: string; shopKey?: string; isFixed?: boolean } = {},
): Promise<ProfileSealer> {
  const { shop = 'shop-1', shopKey = KEY, isFixed = false } = options;
  const randomBytes = isFixed ? fixed : random;
  const sealer = await createProfileSealer({ subtle: crypto.subtle, randomBytes, shop, shopKey });
  if (!sealer) throw new Error('no sealer');
  return sealer;
}

async function closeAda(sealer: ProfileSealer, change: Partial<Profile> = {}) {
  const doc = await sealer.close({ kind: 'profile', profile: { ...ada, ...change } });
  if (!('sealed' in doc)) throw new Error('not sealed');
  return doc;
}

describe('a sealed profile', () => {
  test('opens on a till with the same key', async () => {
    const doc = await closeAda(await sealerOf());
    expect(profileDocSchema.safeParse(doc).success).toBe(true);
    expect(await (await sealerOf()).open(doc)).toEqual({ kind: 'profile', profile: ada });
  });

  test('has the bytes that every version of the app writes', async () => {
    const { sealed } = await closeAda(await sealerOf({ isFixed: true }));
    expect(sealed).toBe(FROZEN);
  });

  test('that was sealed by this app in 2026 still opens', async () => {
    const opened = await (await sealerOf()).open({ member: ada.member, hlc: ada.hlc, sealed: FROZEN });
    expect(opened).toEqual({ kind: 'profile', profile: ada });
  });

  test('tells nothing by its length, and never looks the same twice', async () => {
    const sealer = await sealerOf();
    const [short, long, again] = await Promise.all([
      closeAda(sealer, { name: 'A', note: '' }),
      closeAda(sealer, { name: 'Ada Maria Ünal-Öztürk', note: 'comes on Sundays with her brother' }),
      closeAda(sealer, { name: 'A', note: '' }),
    ]);
    expect(long.sealed).toHaveLength(short.sealed.length);
    expect(again.sealed).not.toBe(short.sealed);
    const withNote = await closeAda(sealer, { note: 'x'.repeat(2000) });
    expect(withNote.sealed.length).toBeGreaterThan(short.sealed.length);
    expect((await sealer.open(withNote)).kind).toBe('profile');
  });

  test('keeps what a newer app knows', async () => {
    const sealer = await sealerOf();
    const newer = { ...ada, pronouns: 'she', tags: ['vip', 1] };
    const doc = await sealer.close({ kind: 'profile', profile: newer });
    expect(await sealer.open(doc)).toEqual({ kind: 'profile', profile: newer });
  });

  test('of another key, shop, member, stamp or a changed byte is unreadable, and nothing is thrown', async () => {
    const sealer = await sealerOf();
    const doc = await closeAda(sealer);
    const otherKey = await sealerOf({ shopKey: encodeBase64(new Uint8Array(32).fill(1)) });
    const flipped = (at: number) =>
      doc.sealed.slice(0, at) + (doc.sealed[at] === 'A' ? 'B' : 'A') + doc.sealed.slice(at + 1);
    const all = await Promise.all([
      otherKey.open(doc),
      (await sealerOf({ shop: 'shop-2' })).open(doc),
      sealer.open({ ...doc, member: 'member-2' }),
      sealer.open({ ...doc, hlc: `${doc.hlc}0` }),
      ...[0, 5, 30, doc.sealed.length - 4].map((at) => sealer.open({ ...doc, sealed: flipped(at) })),
      sealer.open({ ...doc, sealed: '' }),
      sealer.open({ ...doc, sealed: 'AQ==' }),
      sealer.open({ ...doc, sealed: 'no base64' }),
    ]);
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(['unreadable']));
  });

  test('with content that is no profile is unreadable', async () => {
    const sealer = await sealerOf();
    const odd = [
      { ...ada, name: 7 },
      { ...ada, phone: '0612' },
      { ...ada, birthday: 'soon' },
    ];
    for (const profile of odd) {
      const doc = await sealer.close({ kind: 'profile', profile: profile as unknown as Profile });
      expect(await sealer.open(doc)).toEqual({ kind: 'unreadable', member: ada.member });
    }
  });

  test('of somebody who was forgotten carries nothing', async () => {
    const sealer = await sealerOf();
    const erased = { kind: 'erased', member: ada.member, hlc: ada.hlc } as const;
    const doc = await sealer.close(erased);
    expect(doc).toEqual({ member: ada.member, hlc: ada.hlc, erased: true });
    expect(await sealer.open(doc)).toEqual(erased);
  });

  test('needs a whole key', async () => {
    const parts = { subtle: crypto.subtle, randomBytes: random, shop: 'shop-1' };
    expect(await createProfileSealer({ ...parts, shopKey: 'AAAA' })).toBeUndefined();
    expect(await createProfileSealer({ ...parts, shopKey: '' })).toBeUndefined();
  });
});
