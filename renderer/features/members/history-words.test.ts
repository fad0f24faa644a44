import { beforeAll, describe, expect, test } from 'vitest';
import { MEMBER, sealAll, stampProgram } from '#tests/arbitraries/member-events.ts';
import { createFormat } from '#renderer/i18n/format.ts';
import { createI18n, directionOf, PSEUDO_LANGUAGE } from '#renderer/i18n/i18n.ts';
import { createProgramWords } from '#renderer/i18n/program-words.ts';
import { createWordKit } from '#renderer/i18n/word-kit.ts';
import { foldMember } from '#shared/domain/fold.ts';
import { listHistory } from '#shared/domain/history.ts';
import { makeProgramBook, type ProgramBook, type ProgramDefinition } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF, type EventDraft } from '#shared/ledger/event.ts';
import type { EventId, PlainDay } from '#shared/lib/brand.ts';
import { createHistoryWords, type HistoryWords } from './history-words.ts';

const card = stampProgram({ id: 'coffee', version: 1, size: 10, milestoneAt: null });
const COFFEE: ProgramDefinition = {
  ...card,
  name: 'Coffee card',
  rewards: [
    ...card.rewards,
    { kind: 'free-item', id: 'cake', at: 0, name: 'Cake', birthday: { daysBefore: 7, daysAfter: 7 } },
  ],
  promotions: [
    {
      kind: 'multiplier',
      id: 'tuesday',
      name: 'double Tuesday',
      percent: 200,
      window: { weekdays: [2], from: null, until: null, firstDay: null, lastDay: null },
    },
  ],
  tiers: { by: 'visits', levels: [{ id: 'gold', name: 'Gold', from: 1, percent: 200, note: '' }] },
  expiry: { kind: 'after-months', months: 1 },
};
const PROGRAMS = makeProgramBook([COFFEE]);

async function wordsOf(language: string): Promise<HistoryWords> {
  const i18n = await createI18n(language);
  const format = createFormat(language);
  const kit = createWordKit(i18n.getFixedT(language, 'rules'), format, language);
  return createHistoryWords({
    t: i18n.getFixedT(language, ['members', 'history', 'common']),
    format,
    program: createProgramWords(i18n.getFixedT(language, 'rules'), format, language),
    quote: (name) => kit.quote(name),
    isMirrored: directionOf(language) === 'rtl',
  });
}

type Draft = {
  [Type in EventDraft['type']]: Pick<EventDraft & { readonly type: Type }, 'type' | 'data'>;
}[EventDraft['type']];

interface Telling {
  readonly words: HistoryWords;
  readonly today?: string;
  readonly programs?: ProgramBook;
}

/** Every entry without its moment and place, newest first: the title, the sums, the details. */
function tell(drafts: readonly Draft[], { words, today, programs = PROGRAMS }: Telling): string[][] {
  const base = { staff: UNASSIGNED_STAFF, member: MEMBER };
  const events = sealAll(
    drafts.map((draft, place) => Object.assign({ id: `event-${place}` as EventId }, base, draft)),
  );
  const state = foldMember(MEMBER, events, programs);
  return listHistory(events, state, programs, today as PlainDay | undefined).map((entry) =>
    [words.title(entry)].concat(words.sums(entry), words.details(entry)),
  );
}

const grant = (rule: string, units: number) => ({ program: 'coffee', version: 1, rule, units });
const visit = (...grants: ReturnType<typeof grant>[]): Draft => ({
  type: 'visit',
  data: { count: 1, grants },
});

describe('in English', () => {
  let words: HistoryWords;
  beforeAll(async () => {
    words = await wordsOf('en');
  });

  test('what gave the stamps is named, unless the entry itself says so', () => {
    expect(tell([visit(grant('visit', 1))], { words })).toEqual([['Visit', '+1 stamp · Coffee card']]);
    expect(tell([visit(grant('visit', 1), grant('tuesday', 1))], { words })).toEqual([
      ['Visit', '+2 stamps: visit, double Tuesday · Coffee card'],
    ]);
    expect(tell([visit(grant('visit', 1), grant('tier:gold', 1))], { words })).toEqual([
      ['Visit', '+2 stamps: visit, Gold · Coffee card'],
    ]);
  });

  test('a joining motion over the limit says so with its reason', () => {
    const data = {
      by: 'phone' as const,
      visit: 6,
      grants: [grant('joining', 2), grant('visit', 6)],
      overLimit: { limits: ['per-visit' as const], reason: 'office party' },
    };
    expect(tell([{ type: 'enrolment', data }], { words })).toEqual([
      [
        'Joined with a number, first visit',
        '+8 stamps: joining, visit · Coffee card',
        'Over the shop’s limit (per visit): office party',
      ],
    ]);
  });

  test('a tier is told where it was reached and where it ended, expired stamps where they did', () => {
    expect(tell([visit(grant('visit', 1))], { words, today: '2028-02-01' })).toEqual([
      ['No longer Gold · Coffee card'],
      ['1 stamp expired · Coffee card'],
      ['Visit', '+1 stamp · Coffee card', 'Reached Gold · Coffee card'],
    ]);
  });

  test('an undone visit is told without the tier that it had reached', () => {
    const undo: Draft = { type: 'void', data: { target: 'event-0' } };
    const [undoing, undone] = tell([visit(grant('visit', 1)), undo], { words, today: '2026-02-01' });
    expect(undoing).toEqual(['Undone: a visit']);
    expect(undone?.join()).not.toContain('Gold');
  });

  test('a balance from elsewhere says the level and the pass that came with it', () => {
    const standings = [{ program: 'coffee', tier: { level: 'gold', until: 2027 }, passUntil: '2027-05-03' }];
    const data = { grants: [grant('opening', 4)], import: 'import-1', standings };
    expect(tell([{ type: 'opening', data }], { words })).toEqual([
      [
        'Opening balance from an import',
        '+4 stamps · Coffee card',
        'Gold until the end of 2027 · Coffee card',
        'Pass valid until 3 May 2027',
      ],
    ]);
  });

  test('a birthday gift says of which year, and costs nothing', () => {
    const data = { program: 'coffee', version: 1, reward: 'cake', cost: 0, birthdayYear: 2026 };
    expect(tell([{ type: 'redemption', data }], { words })).toEqual([['Birthday gift of 2026: Cake']]);
  });

  test('a full card says what it cost', () => {
    const data = { program: 'coffee', version: 1, reward: 'final', cost: 10 };
    expect(tell([visit(grant('visit', 10)), { type: 'redemption', data }], { words })[0]).toEqual([
      'Reward given: Free one',
      '−10 stamps · Coffee card',
    ]);
  });

  test('what this till does not know is told as far as it goes', () => {
    const programs = makeProgramBook([]);
    const action = {
      program: 'x',
      version: 1,
      action: 'review',
      grants: [{ ...grant('review', 3), program: 'x' }],
    };
    const purchase = { program: 'x', version: 1, offer: 'pass', price: 4900, currency: 'EUR', grants: [] };
    expect(
      tell(
        [
          { type: 'action', data: action },
          { type: 'purchase', data: purchase },
        ],
        { words, programs },
      ),
    ).toEqual([
      ['Bought something of a program this till does not know', 'Paid €49.00'],
      ['Something that earns, of a program this till does not know', '+3 stamps · unknown program'],
    ]);
  });
});

test('from right to left the sign stays before its number and the name on its side', async () => {
  const words = await wordsOf(PSEUDO_LANGUAGE);
  const sums = tell([visit(grant('visit', 2))], { words })[0]?.[1] ?? '';
  expect(sums).toContain('\u200e+');
  expect(sums).toContain('\u2068Coffee card\u2069');
});

test('in Turkish as well', async () => {
  const words = await wordsOf('tr');
  const [last, first] = tell([visit(grant('visit', 1))], { words, today: '2026-03-01' });
  expect(last?.[0]).toContain('geçersiz oldu · Coffee card');
  expect(first?.[0]).toBe('Ziyaret');
});

describe('one person, two people, nobody', () => {
  test.each(['en', 'tr'])('%s: each has a sentence of its own, and its reason', async (language) => {
    const own = await wordsOf(language);
    const merge = (by: 'manager' | 'same-number') =>
      ({ type: 'merge', data: { other: 'somebody', by, reason: 'new number' } }) as const;
    const told = tell(
      [
        merge('same-number'),
        merge('manager'),
        { type: 'unmerge', data: { other: 'somebody', merges: [], reason: 'twins' } },
      ],
      { words: own },
    );
    const titles = told.map(([title]) => title);
    expect(new Set(titles).size).toBe(3);
    expect(told.flat().filter((line) => /new number|twins/u.test(line))).toHaveLength(3);
    const [[title, reason] = []] = tell([{ type: 'erasure', data: { reason: 'asked' } }], { words: own });
    expect(titles).not.toContain(title);
    expect(reason).toMatch(language === 'en' ? /the person asked for it/u : /kişi kendisi istedi/u);
    const [unknown] = tell([{ type: 'erasure', data: { reason: 'Anna said so' } }], { words: own });
    expect(unknown).toEqual([title]);
  });
});
