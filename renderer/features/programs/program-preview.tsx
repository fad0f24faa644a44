import { useTranslation } from 'react-i18next';
import { BadgeCheck, Crown, Gift } from 'lucide-react';
import { MAX_CARD_SIZE, type ProgramDefinition, type StampProgram } from '#shared/domain/program.ts';
import { isStampProgram } from '#shared/domain/program.ts';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { BalanceCard } from '#renderer/ui/balance-card.tsx';
import { Badge } from '#renderer/ui/badge.tsx';
import { PaperCard } from '#renderer/ui/paper-card.tsx';
import { stampIcons } from '#renderer/ui/stamp-icon.ts';
import { previewBalance, previewStamps } from './preview-facts.ts';
import styles from './program-preview.module.css';

interface ProgramPreviewProps {
  /** May be half typed. */
  readonly program: ProgramDefinition;
  readonly shopName: string;
}

/** The card as a member will see it, and what belongs to it. */
export function ProgramPreview({ program, shopName }: ProgramPreviewProps) {
  return (
    <div className={styles['preview']}>
      {isStampProgram(program) ? (
        <StampPreview program={program} shopName={shopName} />
      ) : (
        <PointsPreview program={program} shopName={shopName} />
      )}
      <Extras program={program} />
    </div>
  );
}

function StampPreview({ program, shopName }: { readonly program: StampProgram; readonly shopName: string }) {
  const { t } = useTranslation('programs');
  const size = Math.min(MAX_CARD_SIZE, Math.max(1, program.unit.size || 1));
  const final = program.rewards.find(({ at }) => Object.is(at, program.unit.size));
  return (
    <PaperCard
      overline={shopName}
      title={program.name || '…'}
      icon={program.unit.icon}
      total={size}
      filled={previewStamps(program, size)}
      marks={program.rewards
        .filter(({ at }) => at > 0 && at < size)
        .map(({ at, name }) => ({ position: at, label: name }))}
      gift={final?.name || '…'}
      label={t('preview.label', { name: program.name, count: size })}
    />
  );
}

function PointsPreview({ program, shopName }: ProgramPreviewProps) {
  const { t } = useTranslation('programs');
  const words = useProgramWords();
  const { balance, next, prices } = previewBalance(program);
  return (
    <BalanceCard
      overline={shopName}
      title={program.name || '…'}
      icon={program.unit.icon}
      balance={balance === undefined ? undefined : words.units(program, balance)}
      progress={
        next && {
          share: next.share,
          text: t('preview.left', { units: words.units(program, next.left), reward: next.name || '…' }),
        }
      }
      steps={prices.map(({ id, name, at, isReached }) => ({
        id,
        label: name || '…',
        price: words.units(program, at),
        isReached,
      }))}
      label={t('preview.labelPoints', { name: program.name })}
    />
  );
}

/** Levels, what can be bought, gifts without a price, badges. */
function Extras({ program }: { readonly program: ProgramDefinition }) {
  const words = useProgramWords();
  const levels = program.tiers?.levels ?? [];
  const gifts = program.rewards.filter(({ at }) => at === 0);
  const offers = program.offers ?? [];
  const badges = program.badges ?? [];
  if (levels.length + gifts.length + offers.length + badges.length === 0) return null;
  return (
    <ul className={styles['extras']}>
      {levels.map(({ id, name }) => (
        <li key={id}>
          <Badge tone="accent" icon={Crown}>
            {name || '…'}
          </Badge>
        </li>
      ))}
      {offers.map((offer) => (
        <li key={offer.id}>
          <Badge tone="info" icon={BadgeCheck}>
            {words.offer(offer, program).replaceAll('NaN', '…')}
          </Badge>
        </li>
      ))}
      {gifts.map(({ id, name }) => (
        <li key={id}>
          <Badge tone="reward" icon={Gift}>
            {name || '…'}
          </Badge>
        </li>
      ))}
      {badges.map(({ id, name, icon }) => (
        <li key={id}>
          <Badge icon={stampIcons[icon]}>{name || '…'}</Badge>
        </li>
      ))}
    </ul>
  );
}
