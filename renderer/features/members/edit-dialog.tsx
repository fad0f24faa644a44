import { useId, type ReactNode } from 'react';
import { Link } from 'react-router';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import styles from './edit-dialog.module.css';
import type { MemberFailure } from './members.commands.ts';
import type { Words } from './use-words.ts';

interface EditDialogProps {
  readonly title: string;
  readonly words: Words;
  readonly children: ReactNode;
  readonly failure: MemberFailure | undefined;
  readonly isPending: boolean;
  readonly saveLabel?: string | undefined;
  readonly onSave: () => void;
  readonly onClose: () => void;
}

/** A small form over the member's screen: Enter saves, Escape leaves everything as it was. */
export function EditDialog(props: EditDialogProps) {
  const { title, words, children, failure, isPending, saveLabel, onSave, onClose } = props;
  const { t } = words;
  const formId = useId();
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      closeLabel={t('common:close')}
      actions={
        <>
          <Button size="lg" onPress={onClose}>
            {t('common:cancel')}
          </Button>
          <Button size="lg" variant="primary" type="submit" form={formId} isPending={isPending}>
            {saveLabel ?? t('common:save')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className={styles['form']}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onSave();
        }}
      >
        {children}
      </form>
      {failure ? <FailureNote failure={failure} words={words} onLeave={onClose} /> : null}
    </Dialog>
  );
}

function FailureNote({
  failure,
  words,
  onLeave,
}: {
  readonly failure: MemberFailure;
  readonly words: Words;
  readonly onLeave: () => void;
}) {
  return (
    <Banner tone="error" role="alert">
      {words.failure(failure)}{' '}
      {'holder' in failure ? (
        <Link to={`/members/${failure.holder}`} onClick={onLeave}>
          {words.t('members:dialog.showMember')}
        </Link>
      ) : null}
    </Banner>
  );
}
