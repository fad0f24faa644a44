import { BadgeCheck, CakeSlice, Crown, Hourglass } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemberState } from '#shared/domain/member-state.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import { listProgramViews } from '#shared/domain/rewards.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import styles from './counter.module.css';

interface StandingLineProps {
  readonly state: MemberState;
  readonly programs: ProgramBook;
  readonly day: PlainDay;
  readonly hasBirthdayGift: boolean;
}

/** Level, pass, what lapses soon and a birthday: one quiet line over the cards, and what the cashier should know of the level. */
export const StandingLine = memo(function StandingLine({
  state,
  programs,
  day,
  hasBirthdayGift,
}: StandingLineProps) {
  const { t } = useTranslation('counter');
  const words = useProgramWords();
  const views = listProgramViews(state, programs, day);
  const levels = views.flatMap(({ program, tier }) => (tier?.level ? [{ program, level: tier.level }] : []));
  const passes = views.flatMap(({ program, passUntil }) =>
    passUntil === null ? [] : [{ program, passUntil }],
  );
  const lapsing = views.flatMap(({ program, expiring, definition }) =>
    expiring ? [{ program, text: words.expiring(expiring, definition) }] : [],
  );
  const notes = levels.filter(({ level }) => level.note.trim() !== '');
  if (levels.length + passes.length + lapsing.length === 0 && !hasBirthdayGift) return null;
  return (
    <div className={styles['standing']} data-testid="standing">
      <p className={styles['chips']}>
        {levels.map(({ program, level }) => (
          <Badge key={program} tone="accent" icon={Crown}>
            <bdi>{level.name}</bdi>
          </Badge>
        ))}
        {passes.map(({ program, passUntil }) => (
          <Badge key={program} tone="success" icon={BadgeCheck}>
            {words.pass(passUntil)}
          </Badge>
        ))}
        {hasBirthdayGift ? (
          <Badge tone="reward" icon={CakeSlice}>
            {t('match.birthday')}
          </Badge>
        ) : null}
        {lapsing.map(({ program, text }) => (
          <Badge key={program} tone="warning" icon={Hourglass}>
            {text}
          </Badge>
        ))}
      </p>
      {notes.map(({ program, level }) => (
        <p key={program} className={styles['cashierNote']}>
          <bdi>{t('match.levelNote', { level: level.name, note: level.note })}</bdi>
        </p>
      ))}
    </div>
  );
});
