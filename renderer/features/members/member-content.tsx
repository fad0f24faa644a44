import { useMemo, useState } from 'react';
import { listProgramViews } from '#shared/domain/rewards.ts';
import { stateOn } from '#shared/domain/fold.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import type { MemberFile } from '#renderer/data/member-profile.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import { useShop } from '#renderer/data/usual-data.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { useToday } from '#renderer/platform/use-today.ts';
import { Banner } from '#renderer/ui/banner.tsx';
import { Card } from '#renderer/ui/card.tsx';
import type { Toasts } from '#renderer/ui/use-toasts.ts';
import { CodeCard } from './code-card.tsx';
import { CopyCard } from './copy-card.tsx';
import { EditMember, type Editing } from './edit-member.tsx';
import { FiguresCard } from './figures-card.tsx';
import { FriendsCard } from './friends-card.tsx';
import { GivingCard } from './giving-card.tsx';
import { HistoryCard } from './history-card.tsx';
import styles from './member-screen.module.css';
import { MembershipsCard, numbersOf } from './memberships-card.tsx';
import { PersonCard } from './person-card.tsx';
import { ProgramCard } from './program-card.tsx';
import { ReadyCard } from './ready-card.tsx';
import { friendsIn, membersIn, useMemberNames } from './use-member-names.ts';
import { useHistory, useMemberEvents } from './use-member.ts';
import type { Words } from './use-words.ts';

interface MemberContentProps {
  readonly member: MemberId;
  readonly file: MemberFile;
  readonly programs: ProgramBook;
  readonly words: Words;
  readonly toasts: Toasts;
}

/** What is known of one member: the cards and what they give, the person, everything that happened. */
export function MemberContent({ member, file, programs, words, toasts }: MemberContentProps) {
  const { t } = words;
  const { identity } = useStore();
  const { clock } = usePlatform();
  const shop = useShop();
  const day = useToday();
  const reading = useMemberEvents(member);
  const entries = useHistory({ reading, file, programs, day });
  const others = useMemo(() => membersIn(entries), [entries]);
  const [editing, setEditing] = useState<Editing>();
  const { profile } = file;
  const isForgotten = file.erased.length > 0;
  const state = useMemo(() => stateOn(file.state, day, programs), [file.state, day, programs]);
  const { referredBy } = state;
  const names = useMemberNames(
    referredBy === null || others.includes(referredBy) ? others : [...others, referredBy],
  );
  const views = listProgramViews(state, programs, day);
  const kinds = [...new Set(state.exceptions.map(({ kind }) => kind))];
  return (
    <>
      {isForgotten ? (
        <Banner tone="info" title={t('members:member.forgotten')}>
          {t('members:member.forgottenText')}
        </Banner>
      ) : null}
      {state.needsUpdate ? (
        <Banner tone="warning" title={t('members:member.needsUpdateTitle')}>
          {t('members:member.needsUpdateText')}
        </Banner>
      ) : null}
      {kinds.length === 0 ? null : (
        <Banner tone="warning" title={t('members:member.exceptionsTitle')}>
          {kinds.map((kind) => (
            <p key={kind}>{t(`history:exception.${kind}`)}</p>
          ))}
        </Banner>
      )}
      <div className={styles['columns']}>
        <div className={styles['main']}>
          {isForgotten ? null : (
            <ReadyCard
              state={state}
              programs={programs}
              context={{ day, birthday: profile.birthday }}
              words={words}
            />
          )}
          {views.length === 0 ? (
            <Card title={t('members:program.title')}>
              <p className={styles['soft']}>{t('members:program.none')}</p>
            </Card>
          ) : null}
          {views.map((view) => (
            <ProgramCard
              key={view.program}
              view={view}
              state={state}
              birthday={profile.birthday}
              day={day}
              words={words}
              onCorrect={isForgotten ? undefined : (program) => setEditing({ program })}
            />
          ))}
          <FiguresCard state={state} programs={programs} nowMs={clock.now()} words={words} />
          <HistoryCard
            entries={entries}
            reading={reading}
            till={identity.till}
            names={names}
            own={numbersOf(file)}
            words={words}
          />
        </div>
        <div className={styles['side']}>
          {isForgotten ? null : <PersonCard profile={profile} words={words} onEdit={setEditing} />}
          <FriendsCard state={state} friends={friendsIn(entries)} names={names} words={words} />
          <GivingCard donations={state.donations} programs={programs} words={words} />
          {isForgotten ? null : (
            <CodeCard profile={profile} words={words} onEdit={() => setEditing('card')} />
          )}
          {isForgotten ? null : (
            <CopyCard
              source={
                reading.isComplete
                  ? {
                      member,
                      shopName: shop?.name ?? '',
                      profile,
                      state,
                      programs,
                      events: reading.events,
                      entries,
                      till: identity.till,
                      day,
                    }
                  : undefined
              }
              words={words}
              show={toasts.show}
            />
          )}
          <MembershipsCard
            file={file}
            events={reading.events}
            programs={programs}
            words={words}
            toasts={toasts}
          />
        </div>
      </div>
      <EditMember
        editing={editing}
        member={member}
        file={file}
        programs={programs}
        words={words}
        toasts={toasts}
        onClose={() => setEditing(undefined)}
      />
    </>
  );
}
