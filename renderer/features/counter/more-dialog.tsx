import { ScrollText, Sparkles, Ticket } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { NumberedList } from '#renderer/ui/numbered-list.tsx';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { FailureBanner } from './failure-banner.tsx';
import { labelOf } from './label-of.ts';
import { moreKey, type MoreEntry } from './more-entries.ts';
import { PaperForm } from './paper-form.tsx';
import type { Counter } from './use-counter.ts';
import styles from './counter-dialogs.module.css';

/**
 * What is rarer than a visit: a paper card, something done that is no purchase, a pass or units in advance. The paper card
 * takes the list's place in the same dialog: two dialogs that change places would lose the focus between them.
 */
export function MoreDialog({ counter }: { readonly counter: Counter }) {
  const { t } = useTranslation(['counter', 'common']);
  const { dialog } = counter;
  return (
    <Dialog
      isOpen={dialog?.kind === 'more' || dialog?.kind === 'paper'}
      onClose={counter.closeDialog}
      title={
        dialog?.kind === 'more'
          ? t('more.title', { name: labelOf(dialog.held.row) || t('common:noName') })
          : t('paper.title')
      }
      closeLabel={t('common:close')}
    >
      {dialog?.kind === 'more' ? <MoreList counter={counter} /> : null}
      {dialog?.kind === 'paper' ? <PaperForm counter={counter} /> : null}
    </Dialog>
  );
}

function MoreList({ counter }: { readonly counter: Counter }) {
  const { t } = useTranslation('counter');
  const words = useProgramWords();

  function run(entry: MoreEntry): void {
    switch (entry.kind) {
      case 'paper':
        return counter.openPaper();
      case 'action':
        return void counter.doAction(entry.program.id, entry.action.id);
      case 'offer':
        return void counter.sell(entry.program.id, entry.offer.id);
    }
  }

  function itemOf(entry: MoreEntry) {
    const base = { id: moreKey(entry), isDisabled: counter.isBusy };
    switch (entry.kind) {
      case 'paper':
        return { ...base, label: t('action.paper'), note: t('more.paper'), icon: ScrollText };
      case 'action': {
        const units = words.units(entry.program, entry.action.units);
        return { ...base, label: entry.action.name, note: t('earn.plain', { units }), icon: Sparkles };
      }
      case 'offer':
        return {
          ...base,
          label: t('more.sell', { offer: words.offer(entry.offer, entry.program) }),
          icon: Ticket,
        };
    }
  }

  return (
    <div className={styles['form']}>
      <FailureBanner counter={counter} />
      <NumberedList
        label={t('more.label')}
        items={counter.more.map(itemOf)}
        onAction={(id) => {
          const entry = counter.more.find((candidate) => moreKey(candidate) === id);
          if (entry) run(entry);
        }}
      />
    </div>
  );
}
