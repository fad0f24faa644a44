import { Link } from 'react-router';
import type { MemberState } from '#shared/domain/member-state.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { Card } from '#renderer/ui/card.tsx';
import styles from './friends-card.module.css';
import type { MemberNames } from './use-member-names.ts';
import type { Words } from './use-words.ts';

interface FriendsCardProps {
  readonly state: Pick<MemberState, 'referredBy' | 'referrals'>;
  /** Whom this member brought, the latest first; empty while the history is read. */
  readonly friends: readonly MemberId[];
  readonly names: MemberNames;
  readonly words: Words;
}

/** More are in the history. */
const MAX_SHOWN = 12;

/** Who brought this member, and whom the member brought. */
export function FriendsCard({ state, friends, names, words }: FriendsCardProps) {
  const { t, format } = words;
  const { referredBy, referrals } = state;
  if (referredBy === null && referrals === 0) return null;
  const shown = friends.slice(0, MAX_SHOWN);
  const left = referrals - shown.length;
  return (
    <Card title={t('members:friends.title')}>
      {referredBy === null ? null : (
        <p>
          {t('members:friends.broughtBy')} <MemberLink member={referredBy} names={names} words={words} />
        </p>
      )}
      {referrals === 0 ? null : (
        <div>
          <p>{t('members:friends.brought', { count: referrals, formatted: format.number(referrals) })}</p>
          <ul className={styles['friends']}>
            {shown.map((friend) => (
              <li key={friend}>
                <MemberLink member={friend} names={names} words={words} />
              </li>
            ))}
            {left > 0 && shown.length > 0 ? (
              <li>{t('members:friends.more', { count: left, formatted: format.number(left) })}</li>
            ) : null}
          </ul>
        </div>
      )}
    </Card>
  );
}

/** A member by name; one who has left is said to be gone. */
export function MemberLink({
  member,
  names,
  words: { t },
}: {
  readonly member: MemberId;
  readonly names: MemberNames;
  readonly words: Words;
}) {
  const name = names.get(member);
  if (name === null) return <span className={styles['gone']}>{t('members:friends.gone')}</span>;
  return (
    <Link to={`/members/${member}`} className={styles['link']}>
      {name === undefined ? t('common:loading') : name === '' ? t('common:noName') : <bdi>{name}</bdi>}
    </Link>
  );
}
