import { ArrowLeft, Stamp, UserRoundX } from 'lucide-react';
import { useNavigate, useParams } from 'react-router';
import type { MemberId } from '#shared/lib/brand.ts';
import type { MemberFile } from '#renderer/data/member-profile.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { ToastRegion } from '#renderer/ui/toast.tsx';
import { useToasts } from '#renderer/ui/use-toasts.ts';
import { MemberContent } from './member-content.tsx';
import { useMemberFile } from './use-member.ts';
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
  const { state } = file;
  return (
    <Page
      title={titleOf(file, words)}
      description={
        state.joinedAt === null
          ? undefined
          : t('members:member.since', { date: words.format.date(state.joinedAt) })
      }
      lead={back}
      // Nobody stands at the counter as somebody who was forgotten.
      actions={
        file.erased.length > 0 ? undefined : (
          <Button variant="primary" icon={Stamp} onPress={() => void navigate('/', { state: { member } })}>
            {t('members:member.toCounter')}
          </Button>
        )
      }
      width="wide"
    >
      <MemberContent member={member} file={file} programs={programs} words={words} toasts={toasts} />
      {notices}
    </Page>
  );
}

function titleOf({ profile, erased }: MemberFile, { t }: Words): string {
  if (erased.length > 0) return t('members:member.forgotten');
  return profile.name === '' ? t('common:noName') : profile.name;
}
