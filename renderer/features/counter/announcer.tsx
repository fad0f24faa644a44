import { useTranslation } from 'react-i18next';
import { SUFFIX_DIGITS } from '#shared/domain/phone-number.ts';
import { listCardViews } from '#shared/domain/rewards.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { VisuallyHidden } from '#renderer/ui/visually-hidden.tsx';
import { targetOf } from './counter-target.ts';
import type { Done } from './counter-state.ts';
import { DoneTitle } from './done-title.tsx';
import type { Counter } from './use-counter.ts';

/** Says for a screen reader what was done, and what the next Enter would do. */
export function Announcer({ counter }: { readonly counter: Counter }) {
  return (
    <VisuallyHidden role="status">
      <Announcement counter={counter} />
    </VisuallyHidden>
  );
}

function Spoken({ done }: { readonly done: Done }) {
  const { t } = useTranslation(['counter', 'common']);
  return (
    <>
      {done.event.type === 'void' ? `${t('done.undone')}: ` : ''}
      <DoneTitle done={done} />
    </>
  );
}

function Announcement({ counter }: { readonly counter: Counter }) {
  const { t } = useTranslation(['counter', 'common']);
  const programs = usePrograms();
  const target = targetOf(counter);
  switch (target.kind) {
    case 'member': {
      const { row, state } = target;
      const count = counter.count ?? counter.defaultCount;
      const [view] = programs ? listCardViews(state, programs) : [];
      return t('say.match', {
        name: row.name || t('common:noName'),
        ending: row.last4 === undefined ? '' : t('match.ending', { digits: row.last4 }),
        row: view ? t('match.row', { stamps: view.stamps, size: view.size }) : '',
        action: t('action.punch', { count }),
      });
    }
    case 'many':
      return t('say.many', { count: counter.found?.matches.rows.length ?? 0 });
    case 'new-number':
    case 'new-card':
      return t('say.enrol');
    case 'nobody':
      // The first digits of every search find nobody: only a search that is finished is worth saying so.
      return target.typed === 'number' && counter.text.length < SUFFIX_DIGITS ? null : t('say.none');
    case 'idle':
      return counter.done ? <Spoken done={counter.done} /> : null;
  }
}
