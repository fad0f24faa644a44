import { expect, test } from 'vitest';
import { emptyMemberState } from '#shared/domain/member-state.ts';
import type { EventId, MemberId } from '#shared/lib/brand.ts';
import { createConfirmations } from './confirmations.ts';

const member = 'ana' as MemberId;
const redemption = 'r' as EventId;
const excess = [{ event: redemption, kind: 'excess-redemption' as const }];

test.each([
  ['holds', {}, 'confirmed'],
  ['is in excess', { exceptions: excess }, 'excess'],
  ['is on a card that a newer app wrote on', { needsUpdate: true }, 'no-answer'],
  [
    'is in excess, as far as this app can read the card',
    { needsUpdate: true, exceptions: excess },
    'no-answer',
  ],
])('a redemption that %s', async (_, change, answer) => {
  const state = { ...emptyMemberState(member), ...change };
  const confirmations = createConfirmations({
    readRedemption: async () => ({ g: 7, isSetAside: false, state }),
  });
  const asked = confirmations.ask(redemption, member);
  await confirmations.check();
  expect(await asked).toBe(answer);
  expect(confirmations.areAwaited()).toBe(false);
});

test('a redemption that was refused is told as that, though it has no place', async () => {
  const state = emptyMemberState(member);
  const confirmations = createConfirmations({
    readRedemption: async () => ({ g: null, isSetAside: true, state }),
  });
  const asked = confirmations.ask(redemption, member);
  await confirmations.giveUp();
  expect(await asked).toBe('set-aside');
});
