import { expect, test } from 'vitest';
import { isStampIconName } from '#renderer/ui/stamp-icon.ts';
import { UNIT_ICONS } from '#shared/domain/program.ts';

test('the design system draws every picture that a program may name', () => {
  expect(UNIT_ICONS.filter((icon) => !isStampIconName(icon))).toEqual([]);
});
