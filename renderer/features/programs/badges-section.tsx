import { useTranslation } from 'react-i18next';
import { Plus } from 'lucide-react';
import { UNIT_ICONS, type Badge } from '#shared/domain/program.ts';
import { Columns } from '#renderer/ui/columns.tsx';
import { MenuButton } from '#renderer/ui/menu-button.tsx';
import { useEditor } from './editor-context.tsx';
import { CountField, NameField } from './fields.tsx';
import { IconGrid } from './icon-grid.tsx';
import { BADGE_KINDS, makeBadge } from './new-rules.ts';
import { addRule, listRules, removeRule, setRule } from './program-draft.ts';
import { RuleItem } from './rule-item.tsx';
import { SectionCard } from './section-card.tsx';
import styles from './program-form.module.css';

const MAX_VISITS = 100_000;
const MAX_WEEKS = 520;

export function BadgesSection() {
  const { t } = useTranslation('programs');
  const { draft, change, goTo, newId } = useEditor();
  const add = (kind: Badge['kind']) => {
    const badge = makeBadge(kind, newId());
    change(addRule(draft, 'badges', badge));
    goTo({ part: 'badges', id: badge.id });
  };
  return (
    <SectionCard section="badges" parts={['badges']}>
      <ul className={styles['rules']}>
        {listRules(draft, 'badges').map((badge) => (
          <RuleItem
            key={badge.id}
            place={{ part: 'badges', id: badge.id }}
            kind={t(`kinds.badge.${badge.kind}.label`)}
            onRemove={() => change(removeRule(draft, 'badges', badge.id))}
          >
            <BadgeForm badge={badge} />
          </RuleItem>
        ))}
      </ul>
      <div>
        <MenuButton
          label={t('add.badge')}
          icon={Plus}
          choices={BADGE_KINDS.map((id) => ({
            id,
            label: t(`kinds.badge.${id}.label`),
            note: t(`kinds.badge.${id}.note`),
          }))}
          onChoose={add}
        />
      </div>
    </SectionCard>
  );
}

function BadgeForm({ badge }: { readonly badge: Badge }) {
  const { t } = useTranslation('programs');
  const { draft, change } = useEditor();
  const set = (next: Badge) => change(setRule(draft, 'badges', next));
  return (
    <>
      <Columns of="fields">
        <NameField
          label={t('fields.name')}
          placeholder={t('badges.namePlaceholder')}
          value={badge.name}
          onChange={(name) => set({ ...badge, name })}
        />
        {badge.kind === 'visits' ? (
          <CountField
            label={t('badges.visits')}
            value={badge.visits}
            onChange={(visits) => set({ ...badge, visits })}
            maximum={MAX_VISITS}
          />
        ) : null}
        {badge.kind === 'streak' ? (
          <CountField
            label={t('badges.weeks')}
            value={badge.weeks}
            onChange={(weeks) => set({ ...badge, weeks })}
            minimum={2}
            maximum={MAX_WEEKS}
          />
        ) : null}
      </Columns>
      <IconGrid
        label={t('card.icon')}
        icons={UNIT_ICONS}
        value={badge.icon}
        onChange={(icon) => set({ ...badge, icon })}
      />
    </>
  );
}
