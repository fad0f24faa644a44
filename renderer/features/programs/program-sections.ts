import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { ProgramPlace } from '#shared/domain/program-place.ts';

/** The editor's sections, in their order on screen. */
export const SECTIONS = [
  'counted',
  'earning',
  'rewards',
  'expiry',
  'tiers',
  'promotions',
  'offers',
  'birthday',
  'referral',
  'badges',
  'charity',
  'items',
  'limits',
] as const;
export type Section = (typeof SECTIONS)[number];

/** The others are folded away until they are used or asked for. */
const ALWAYS: ReadonlySet<Section> = new Set(['counted', 'earning', 'rewards']);

export function isSectionUsed(section: Section, program: ProgramDefinition): boolean {
  switch (section) {
    case 'expiry':
      return program.expiry.kind !== 'none';
    case 'birthday':
      return program.rewards.some(({ birthday }) => birthday !== undefined);
    case 'referral':
      return program.earn.some(({ kind }) => kind === 'referral');
    case 'limits':
      return Object.values(program.limits).some((limit) => limit !== null);
    case 'tiers':
    case 'charity':
      return program[section] !== undefined;
    case 'promotions':
    case 'offers':
    case 'badges':
    case 'items':
      return (program[section] ?? []).length > 0;
    case 'counted':
    case 'earning':
    case 'rewards':
      return ALWAYS.has(section);
  }
}

/** Where on screen a place of the definition is. */
export function sectionOf({ part, id }: ProgramPlace, program: ProgramDefinition): Section {
  switch (part) {
    case 'earn':
      return program.earn.find((rule) => rule.id === id)?.kind === 'referral' ? 'referral' : 'earning';
    case 'headStart':
      return 'earning';
    case 'rewards':
      return program.rewards.find((reward) => reward.id === id)?.birthday ? 'birthday' : 'rewards';
    case 'limits':
    case 'expiry':
    case 'promotions':
    case 'tiers':
    case 'offers':
    case 'badges':
    case 'charity':
    case 'items':
      return part;
    case 'id':
    case 'version':
    case 'name':
    case 'unit':
    case 'currency':
    case 'isWithdrawn':
    case 'program':
      return 'counted';
  }
}

/** One name for a place, to compare it and to find it on screen. */
export const placeKey = ({ part, id }: ProgramPlace): string => (id === undefined ? part : `${part}:${id}`);
