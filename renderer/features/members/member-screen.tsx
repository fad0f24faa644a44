import { ArrowLeft, Stamp, UserRoundX } from 'lucide-react';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { ProfileContent, ProfileField } from '#shared/domain/profile.ts';
import { listCurrentPrograms, type ProgramBook } from '#shared/domain/program.ts';
import type { EventId, MemberId } from '#shared/lib/brand.ts';
import type { Appended } from '#renderer/data/ledger-port.ts';
import type { MemberFile } from '#renderer/data/member-profile.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import { usePrograms, useShop } from '#renderer/data/usual-data.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { DescriptionList } from '#renderer/ui/description-list.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { ToastRegion } from '#renderer/ui/toast.tsx';
import { useToasts, type Toasts } from '#renderer/ui/use-toasts.ts';
import { AdjustDialog } from './adjust-dialog.tsx';
import { CardDialog } from './card-dialog.tsx';
import { CodeCard } from './code-card.tsx';
import { CopyCard } from './copy-card.tsx';
import { HistoryCard } from './history-card.tsx';
import styles from './member-screen.module.css';
import { NumberDialog } from './number-dialog.tsx';
import { PersonCard } from './person-card.tsx';
import { BirthdayDialog, NameDialog, NoteDialog } from './person-dialogs.tsx';
import { StampsCard } from './stamps-card.tsx';
import { useMemberCommands } from './use-intent.ts';
import { useHistory, useMemberEvents, useMemberFile } from './use-member.ts';
import { useWords, type Words } from './use-words.ts';

/** One member: the cards, the person, and everything that happened. */
export function MemberScreen() {
  const member = (useParams()['member'] ?? '') as MemberId;
  // Another member is another screen: no dialog and no revealed number passes over.
  return <OneMember key={member} member={member} />;
}

function OneMember({ member }: { readonly member: MemberId }) {
  const words = useWords();
  const { t } = words;
  const navigate = useNavigate();
  const file = useMemberFile(member);
  const programs = usePrograms();
  const toasts = useToasts();
  const back = (
    <IconButton
      icon={ArrowLeft}
      label={t('members:member.back')}
      isMirrored
      onPress={() => void navigate('/members')}
    />
  );
  const notices = (
    <ToastRegion
      toasts={toasts.toasts}
      onDismiss={toasts.dismiss}
      label={t('common:notifications')}
      dismissLabel={t('common:dismiss')}
    />
  );
  if (file === undefined || programs === undefined) {
    return (
      <Page title={t('common:loading')} isTitleHidden width="wide">
        {null}
      </Page>
    );
  }
  if (file === null) {
    return (
      <Page title={t('members:member.gone')} isTitleHidden width="wide">
        <EmptyState
          icon={UserRoundX}
          title={t('members:member.gone')}
          actions={<Button onPress={() => void navigate('/members')}>{t('members:member.back')}</Button>}
        >
          {t('members:member.goneText')}
        </EmptyState>
        {notices}
      </Page>
    );
  }
  const { profile, state } = file;
  return (
    <Page
      title={profile.name === '' ? t('common:noName') : profile.name}
      description={
        state.joinedAt === null
          ? undefined
          : t('members:member.since', { date: words.format.date(state.joinedAt) })
      }
      lead={back}
      actions={
        <Button variant="primary" icon={Stamp} onPress={() => void navigate('/', { state: { member } })}>
          {t('members:member.toCounter')}
        </Button>
      }
      width="wide"
    >
      <MemberContent member={member} file={file} programs={programs} words={words} toasts={toasts} />
      {notices}
    </Page>
  );
}

interface MemberContentProps {
  readonly member: MemberId;
  readonly file: MemberFile;
  readonly programs: ProgramBook;
  readonly words: Words;
  readonly toasts: Toasts;
}

type Editing = ProfileField | 'stamps';

function MemberContent({ member, file, programs, words, toasts }: MemberContentProps) {
  const { t, format } = words;
  const { identity } = useStore();
  const { clock } = usePlatform();
  const shop = useShop();
  const reading = useMemberEvents(member);
  const entries = useHistory(reading.events, file, programs);
  const [editing, setEditing] = useState<Editing>();
  const { profile, state } = file;
  const kinds = [...new Set(state.exceptions.map(({ kind }) => kind))];
  return (
    <>
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
          <StampsCard
            state={state}
            programs={programs}
            words={words}
            onCorrect={() => setEditing('stamps')}
          />
          <Card>
            <DescriptionList
              layout="figures"
              items={[
                { term: t('members:figures.visits'), value: format.number(state.visits), isNumeric: true },
                {
                  term: t('members:figures.rewards'),
                  value: format.number(state.programs.reduce((sum, program) => sum + program.completed, 0)),
                  isNumeric: true,
                },
                {
                  term: t('members:figures.lastVisit'),
                  value:
                    state.lastVisitAt === null
                      ? t('common:never')
                      : format.ago(state.lastVisitAt, clock.now()),
                },
              ]}
            />
          </Card>
          <HistoryCard entries={entries} reading={reading} till={identity.till} words={words} />
        </div>
        <div className={styles['side']}>
          <PersonCard profile={profile} words={words} onEdit={setEditing} />
          <CodeCard profile={profile} words={words} onEdit={() => setEditing('card')} />
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
                  }
                : undefined
            }
            words={words}
            show={toasts.show}
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

const SAVED_TOAST = 'saved';

interface EditMemberProps extends MemberContentProps {
  readonly editing: Editing | undefined;
  readonly onClose: () => void;
}

function EditMember({ editing, member, file, programs, words, toasts, onClose }: EditMemberProps) {
  const { t } = words;
  const { ids } = usePlatform();
  const commands = useMemberCommands();
  const { profile, state } = file;

  const saved = (appended: Appended | undefined) => {
    onClose();
    if (appended?.event.type !== 'profile') return;
    // As it was when the dialog was open: a removed number must not have to be remembered.
    const before = Object.fromEntries(appended.event.data.fields.map((field) => [field, profile[field]]));
    const undoId = ids.eventId();
    toasts.show({
      id: SAVED_TOAST,
      message: t('members:member.saved'),
      tone: 'success',
      action: { label: t('common:undo'), onPress: () => void restore(before, undoId) },
    });
  };
  const restore = async (change: Partial<ProfileContent>, id: EventId) => {
    const restored = await commands.edit({ id, member, change });
    toasts.show(
      restored.ok || restored.error.code === 'unchanged'
        ? { id: SAVED_TOAST, message: t('members:member.restored'), tone: 'success' }
        : { id: SAVED_TOAST, message: words.failure(restored.error), tone: 'error' },
    );
  };
  const undo = async (target: EventId, id: EventId) => {
    const undone = await commands.undo({ id, member, target });
    toasts.show(
      undone.ok
        ? { id: SAVED_TOAST, message: t('history:void.adjustment'), tone: 'success' }
        : { id: SAVED_TOAST, message: words.failure(undone.error), tone: 'error' },
    );
  };
  const adjusted = (appended: Appended | undefined) => {
    onClose();
    if (appended?.event.type !== 'adjustment') return;
    const { id: target, data } = appended.event;
    // Minted here, so that two presses of the button are one undo.
    const undoId = ids.eventId();
    const [grant] = data.grants;
    const definition = grant && programs.get(grant.program)?.at(-1);
    const units = grant ? words.sum({ program: grant.program, definition, units: grant.units }) : '';
    toasts.show({
      id: SAVED_TOAST,
      message: t('members:dialog.adjusted', { units }),
      tone: 'success',
      action: { label: t('common:undo'), onPress: () => void undo(target, undoId) },
    });
  };
  const shared = { member, profile, words, onClose, onDone: saved };
  switch (editing) {
    case undefined:
      return null;
    case 'name':
      return <NameDialog {...shared} />;
    case 'phone':
      return <NumberDialog {...shared} />;
    case 'card':
      return <CardDialog {...shared} />;
    case 'birthday':
      return <BirthdayDialog {...shared} />;
    case 'note':
      return <NoteDialog {...shared} />;
    case 'stamps':
      return (
        <AdjustDialog
          member={member}
          state={state}
          programs={listCurrentPrograms(programs)}
          words={words}
          onClose={onClose}
          onDone={adjusted}
        />
      );
  }
}
