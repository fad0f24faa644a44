import { Merge, Split, UserRoundX } from 'lucide-react';
import { useState } from 'react';
import { listActiveMerges, type ActiveMerge } from '#shared/domain/merge.ts';
import { maskPhone } from '#shared/domain/phone-number.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { isOfPair, type Pair } from '#renderer/data/aliases-preview.ts';
import type { MemberFile } from '#renderer/data/member-profile.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import type { Toasts } from '#renderer/ui/use-toasts.ts';
import { ForgetDialog } from './forget-dialog.tsx';
import { useLeftSearch } from './left-search.tsx';
import { SplitDialog } from './merge-dialog.tsx';
import styles from './memberships.module.css';
import { SamePersonDialog } from './same-person-dialog.tsx';
import type { Words } from './use-words.ts';

interface MembershipsCardProps {
  readonly file: MemberFile;
  /** All of the person's events that are read. */
  readonly events: readonly LedgerEvent[];
  readonly programs: ProgramBook;
  readonly words: Words;
  readonly toasts: Toasts;
}

type Asking = 'same' | 'forget' | Pair;

const TOAST = 'memberships';

/** Who is one person, who is two, and who wants to be forgotten. */
export function MembershipsCard({ file, events, programs, words, toasts }: MembershipsCardProps) {
  const { t } = words;
  const [asking, setAsking] = useState<Asking>();
  const left = useLeftSearch();
  const { ids, erased } = file;
  const [canonical] = ids;
  const merges = pairsOf(listActiveMerges(events));
  const isForgotten = erased.length > 0;
  const close = () => setAsking(undefined);
  const done = (message: string) => () => {
    close();
    toasts.show({ id: TOAST, message, tone: 'success' });
  };
  const shared = { programs, words, onClose: close };
  // Nothing is left to say or to do.
  if (erased.length === ids.length && merges.length === 0) return null;
  return (
    <Card
      title={t(merges.length > 0 ? 'members:memberships.mergedTitle' : 'members:memberships.title')}
      description={t(merges.length > 0 ? 'members:memberships.mergedText' : 'members:memberships.text')}
    >
      {merges.length === 0 ? null : (
        <ul className={styles['pairs']}>
          {merges.map((merge) => {
            const pair = t('members:memberships.pair', {
              one: numberOf(merge.member, file, words),
              other: numberOf(merge.other, file, words),
            });
            return (
              <li key={merge.id} className={styles['pair']}>
                <p>
                  {pair}
                  {merge.by === 'same-number' ? (
                    <span className={styles['why']}>{t('members:memberships.byNumber')}</span>
                  ) : null}
                </p>
                <Button
                  icon={Split}
                  aria-label={t('members:memberships.splitPair', { pair })}
                  onPress={() => setAsking({ member: merge.member, other: merge.other })}
                >
                  {t('members:memberships.split')}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      <div className={styles['buttons']}>
        {isForgotten ? null : (
          <Button icon={Merge} onPress={() => setAsking('same')}>
            {t('members:memberships.same')}
          </Button>
        )}
        {erased.length === ids.length ? null : (
          <Button icon={UserRoundX} onPress={() => setAsking('forget')}>
            {t('members:memberships.forget')}
          </Button>
        )}
      </div>
      {asking === 'same' ? (
        <SamePersonDialog {...shared} member={canonical} onDone={done(t('members:merge.done'))} />
      ) : null}
      {asking === 'forget' ? (
        <ForgetDialog
          member={canonical}
          words={words}
          onClose={close}
          onDone={() => {
            left.leave('');
            done(t('members:forget.done'))();
          }}
        />
      ) : null}
      {typeof asking === 'object' ? (
        <SplitDialog {...shared} pair={asking} onDone={done(t('members:merge.splitDone'))} />
      ) : null}
    </Card>
  );
}

/** Several tills may have said the same of one pair. */
const pairsOf = (merges: readonly ActiveMerge[]): ActiveMerge[] =>
  merges.filter((merge, index) => merges.findIndex((earlier) => isOfPair(earlier, merge)) === index);

/** The masked number of one of the person's ids. */
function numberOf(member: MemberId, file: MemberFile, words: Words): string {
  const masked = numbersOf(file).get(member);
  return masked === undefined ? words.t('members:memberships.noNumber') : `\u2066${masked}\u2069`;
}

/** The person's ids, with the masked number of each as far as it is known. */
export function numbersOf({ aliases, ids, profile }: MemberFile): ReadonlyMap<MemberId, string | undefined> {
  const phones = new Map(aliases.map(({ member, phone }) => [member, phone]));
  const [canonical] = ids;
  return new Map(
    ids.map((id) => {
      const phone = id === canonical ? profile.phone : phones.get(id);
      return [id, phone ? maskPhone(phone) : undefined];
    }),
  );
}
