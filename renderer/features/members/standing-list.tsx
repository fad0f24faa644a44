import { Cake, Crown, Hourglass, MessageSquareText, Ticket, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { emptyProgramState, findProgramState, type MemberState } from '#shared/domain/member-state.ts';
import type { Reward, TierLevel } from '#shared/domain/program.ts';
import type { ProgramView } from '#shared/domain/rewards.ts';
import { reachesTier, type TierView } from '#shared/domain/tier.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { Progress } from '#renderer/ui/progress.tsx';
import { listBirthdayGifts, type BirthdayGift } from './birthday-gifts.ts';
import styles from './program-card.module.css';
import type { Words } from './use-words.ts';

interface StandingListProps {
  readonly view: ProgramView;
  readonly state: MemberState;
  readonly birthday: PlainDay | null;
  readonly day: PlainDay;
  readonly words: Words;
}

/** What else holds in a program: what expires, the level, the pass, the birthday gift. Nothing of it, no list. */
export function StandingList({ view, state, birthday, day, words }: StandingListProps) {
  const { t, format, program } = words;
  const { definition, expiring, tier, passUntil } = view;
  const own = findProgramState(state, view.program) ?? emptyProgramState(view.program);
  const gifts = listBirthdayGifts(definition, own, { birthday, day });
  const isEmpty = !expiring && !tier && passUntil === null && gifts.length === 0;
  if (isEmpty) return null;
  return (
    <ul className={styles['standing']}>
      {expiring ? (
        <Line icon={Hourglass} tone="warning">
          <p>{program.expiring(expiring, definition)}</p>
          <p className={styles['soft']}>
            {t('members:program.lastDay', { day: format.day(expiring.until) })}
          </p>
        </Line>
      ) : null}
      {tier ? (
        <Line icon={Crown} tone={tier.level ? 'reward' : 'plain'}>
          <TierText view={view} tier={tier} words={words} />
        </Line>
      ) : null}
      {tier?.level?.note ? (
        <Line icon={MessageSquareText} tone="plain">
          <p className={styles['soft']}>{t('members:program.note')}</p>
          <p>
            <bdi>{tier.level.note}</bdi>
          </p>
        </Line>
      ) : null}
      {passUntil === null ? null : (
        <Line icon={Ticket} tone="accent">
          <p>{program.pass(passUntil)}</p>
        </Line>
      )}
      {gifts.map((gift) => {
        const missing = missingLevel(gift.reward, view);
        const isReady = gift.state.kind === 'open' && !missing;
        return (
          <Line key={gift.reward.id} icon={Cake} tone={isReady ? 'reward' : 'plain'}>
            <p>
              <bdi>{program.reward(gift.reward, definition)}</bdi>
            </p>
            <p className={styles['soft']}>
              {missing
                ? t('members:program.needsLevel', { level: words.quote(missing.name) })
                : giftText(gift, words)}
            </p>
          </Line>
        );
      })}
    </ul>
  );
}

/** The level a reward is for, where the member has not reached it: its days would promise what nobody hands over. */
function missingLevel({ tier: wanted }: Reward, { definition, tier }: ProgramView): TierLevel | undefined {
  if (wanted === undefined || reachesTier(definition.tiers, tier?.level ?? null, wanted)) return undefined;
  return definition.tiers?.levels.find(({ id }) => id === wanted);
}

function Line(props: {
  readonly icon: LucideIcon;
  readonly tone: 'plain' | 'accent' | 'reward' | 'warning';
  readonly children: ReactNode;
}) {
  const { icon: Icon, tone, children } = props;
  return (
    <li className={styles['line']}>
      <span aria-hidden className={styles['lineIcon']} data-tone={tone}>
        <Icon />
      </span>
      <div className={styles['lineTexts']}>{children}</div>
    </li>
  );
}

/** The level with until when it holds, then the way to the next one. */
function TierText({
  view: { definition },
  tier,
  words,
}: {
  readonly view: ProgramView;
  readonly tier: TierView;
  readonly words: Words;
}) {
  const lines = words.program.tier(tier, definition);
  const { level, next, total } = tier;
  // The last line is the way to the next level where there is one.
  const standing = next ? lines.slice(0, -1) : lines;
  const way = next ? lines.at(-1) : undefined;
  return (
    <>
      {level ? null : <p className={styles['soft']}>{words.t('members:program.noTier')}</p>}
      {standing.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {next && way !== undefined ? <Progress label={way} value={total} maxValue={total + next.left} /> : null}
    </>
  );
}

function giftText({ state }: BirthdayGift, { t, format }: Words): string {
  switch (state.kind) {
    case 'no-birthday':
      return t('members:gift.noBirthday');
    case 'open':
      return t('members:gift.open', { day: format.day(state.until) });
    case 'taken':
      return t('members:gift.taken', { year: String(state.year), day: format.day(state.next) });
    case 'waiting':
      return t('members:gift.waiting', { day: format.day(state.from) });
  }
}
