import { useRef, type KeyboardEvent, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Server, UserPlus } from 'lucide-react';
import type { SyncDesk } from '#renderer/sync/sync-desk.ts';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { RadioCards } from '#renderer/ui/radio-cards.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import styles from './sync-screen.module.css';
import { fieldOf, usePairing, type Pairing, type PairingField, type PairingKind } from './use-pairing.ts';

/** The wire takes 100; a name is read on a list. */
const MAX_TILL_NAME_LENGTH = 40;

interface PairingCardProps {
  readonly desk: SyncDesk;
  /** Where it was paired before, when it has to be paired again. */
  readonly formerAddress?: string | undefined;
}

/** The way into sync: with the endpoint's own code, or with what another till shows. */
export function PairingCard({ desk, formerAddress }: PairingCardProps) {
  const { t } = useTranslation('sync');
  const isAgain = formerAddress !== undefined;
  const pairing = usePairing(desk, formerAddress);
  const { kind, failure } = pairing;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void pairing.pair();
  };
  const isElsewhere = failure !== undefined && fieldOf(kind, failure) === undefined;
  return (
    <Card
      title={t(isAgain ? 'pairing.againTitle' : 'pairing.title')}
      description={isAgain ? undefined : t('pairing.lead')}
    >
      <form className={styles['form']} onSubmit={submit} noValidate>
        <RadioCards<PairingKind>
          label={t('pairing.kind')}
          columns={2}
          cards={[
            {
              id: 'first',
              title: t(isAgain ? 'pairing.againFirst' : 'pairing.first'),
              description: t(isAgain ? 'pairing.againFirstNote' : 'pairing.firstNote'),
              icon: Server,
            },
            {
              id: 'next',
              title: t(isAgain ? 'pairing.againNext' : 'pairing.next'),
              description: t(isAgain ? 'pairing.againNextNote' : 'pairing.nextNote'),
              icon: UserPlus,
            },
          ]}
          value={kind}
          onChange={pairing.choose}
        />
        {kind === 'first' ? (
          <FirstFields pairing={pairing} isAgain={isAgain} />
        ) : (
          <InvitationField pairing={pairing} />
        )}
        <div data-after-scan>
          <TextField
            {...useField(pairing, 'name')}
            placeholder={t('pairing.namePlaceholder')}
            description={t('pairing.nameNote')}
            maxLength={MAX_TILL_NAME_LENGTH}
          />
        </div>
        {isElsewhere ? (
          <Banner tone="error" role="alert" title={t('pairing.failed')}>
            {t(`pairing.failure.${failure}`)}
          </Banner>
        ) : null}
        <div className={styles['buttons']}>
          <Button type="submit" variant="primary" size="lg" isPending={pairing.isPending}>
            {t(kind === 'first' || isAgain ? 'pairing.connect' : 'pairing.join')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function FirstFields({ pairing, isAgain }: { readonly pairing: Pairing; readonly isAgain: boolean }) {
  const { t } = useTranslation('sync');
  return (
    <>
      <TextField
        {...useField(pairing, 'address')}
        description={t('pairing.addressNote')}
        placeholder="https://"
        inputMode="url"
        isNumeric
        maxLength={200}
      />
      <TextField
        {...useField(pairing, 'code')}
        description={t(isAgain ? 'pairing.codeNoteAgain' : 'pairing.codeNote')}
        isNumeric
        maxLength={80}
      />
    </>
  );
}

function InvitationField({ pairing }: { readonly pairing: Pairing }) {
  const { t } = useTranslation('sync');
  const box = useRef<HTMLDivElement>(null);
  /** A scanner ends with Enter: on to the name, instead of a line that belongs to nothing. */
  const endScan = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    box.current?.closest('form')?.querySelector<HTMLElement>('[data-after-scan] input')?.focus();
  };
  return (
    <div ref={box} data-scan-target>
      <TextField
        {...useField(pairing, 'invitation')}
        description={t('pairing.invitationNote')}
        placeholder="tenpunch:…"
        rows={4}
        isNumeric
        maxLength={2000}
        onKeyDown={endScan}
      />
      <p role="status" className={styles['soft']}>
        {pairing.invitedTo === undefined ? null : t('pairing.invitedTo', { address: pairing.invitedTo })}
      </p>
    </div>
  );
}

/** Label, text and what is wrong with it, by what was typed or by what the endpoint says. */
function useField(pairing: Pairing, field: PairingField) {
  const { t } = useTranslation('sync');
  const { kind, answers, notes, failure } = pairing;
  const note = notes[field];
  const answered =
    failure !== undefined && fieldOf(kind, failure) === field ? t(`pairing.failure.${failure}`) : undefined;
  return {
    label: t(`pairing.${field}`),
    value: answers[field],
    onChange: (text: string) => pairing.type(field, text),
    error: note === undefined ? answered : t(`pairing.${note}`),
  };
}
