import { Flame } from 'lucide-react';
import { listBadges } from '#shared/domain/badges.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { addDays, mondayOf } from '#shared/lib/plain-day.ts';
import { stampIcons } from '#renderer/ui/stamp-icon.ts';
import styles from './badge-shelf.module.css';
import type { Words } from './use-words.ts';

interface BadgeShelfProps {
  readonly definition: ProgramDefinition;
  readonly state: MemberState;
  readonly day: PlainDay;
  readonly words: Words;
}

/** Badges earned, and those still to come with how far it is. */
export function BadgeShelf({ definition, state, day, words }: BadgeShelfProps) {
  const { t, format, program } = words;
  const badges = listBadges(state, definition);
  if (badges.length === 0) return null;
  const weeks = badges.some(({ badge }) => badge.kind === 'streak') ? weeksInARow(state, day) : 0;
  return (
    <div className={styles['shelf']}>
      <div className={styles['head']}>
        <h3 className={styles['title']}>{t('members:badges.title')}</h3>
        {weeks > 1 ? (
          <p className={styles['streak']}>
            <Flame aria-hidden />
            {t('members:badges.streak', { count: weeks, formatted: format.number(weeks) })}
          </p>
        ) : null}
      </div>
      <ul className={styles['badges']}>
        {badges.map((view) => {
          const { badge, isEarned, have, need } = view;
          const Icon = stampIcons[badge.icon];
          return (
            <li key={badge.id} className={styles['badge']} data-earned={isEarned || undefined}>
              <span
                aria-hidden
                className={styles['medal']}
                style={{ '--share': `${Math.round((have / need) * 100)}%` }}
              >
                <span className={styles['face']}>
                  <Icon />
                </span>
              </span>
              <span className={styles['name']}>
                {program.badge(view)}
                {isEarned ? <span className="sr-only"> ({t('members:badges.earned')})</span> : null}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** A streak lives on through the week after the last visit: there is still time to go on with it. */
function weeksInARow({ streak }: MemberState, day: PlainDay): number {
  if (!streak) return 0;
  return streak.week >= addDays(mondayOf(day), -7) ? streak.weeks : 0;
}
