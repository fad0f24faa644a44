import { Award, Crown, Gift, HeartHandshake, Sparkles, UserRoundCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { findProgram, type ProgramBook } from '#shared/domain/program.ts';
import { listReadyRewards } from '#shared/domain/rewards.ts';
import { grantsOf, readEvent, type KnownEvent } from '#shared/ledger/event.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { findCanonical } from '#renderer/data/aliases.ts';
import { useLive } from '#renderer/data/store-context.tsx';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import type { Done } from './counter-state.ts';
import { labelOf } from './label-of.ts';
import { listNewBadges, listReachedTiers } from './reached.ts';
import { useGrantWords } from './use-grant-words.ts';
import styles from './counter.module.css';

interface DoneFactsProps {
  readonly done: Done;
  readonly programs: ProgramBook;
  readonly day: PlainDay;
}

/** What one action brought, in quiet lines under the sentence that says it: by which rule, for whom else, what it reached. */
export function DoneFacts({ done, programs, day }: DoneFactsProps) {
  const { t } = useTranslation('counter');
  const words = useProgramWords();
  const grants = useGrantWords();
  const { event, before, after } = done;
  const given = grantsOf(event);
  const badges = listNewBadges(before, after, programs);
  return (
    <div className={styles['outcome']}>
      <Reached {...{ done, programs, day }} />
      {saysRules(event) && grants.hasRules(given) ? (
        <Fact icon={<Sparkles aria-hidden />}>{grants.rules(given)}</Fact>
      ) : null}
      {'donations' in event.data
        ? event.data.donations?.map(({ program, version, charity, amount }) => (
            <Fact key={program} icon={<HeartHandshake aria-hidden />}>
              {t('earn.donation', {
                amount: words.money(amount, findProgram(programs, program, version)?.currency),
                charity,
              })}
            </Fact>
          ))
        : null}
      <PassLine {...{ event }} />
      {'referral' in event.data && event.data.referral !== undefined ? (
        <ReferralLine referral={event.data.referral} />
      ) : null}
      {badges.map((view) => (
        <Fact key={view.badge.id} icon={<Award aria-hidden />}>
          {t('done.badge', { badge: words.badge(view) })}
        </Fact>
      ))}
    </div>
  );
}

/** The sentence of an action or a sale names its rule already. */
const saysRules = ({ type }: KnownEvent): boolean => type === 'visit' || type === 'enrolment';

function Fact({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <p className={styles['fact']}>
      {icon}
      <span>{children}</span>
    </p>
  );
}

/** A reward that is ready now and was not before, a level that was reached: gold, and no fireworks. */
function Reached({ done, programs, day }: DoneFactsProps) {
  const { t } = useTranslation('counter');
  const words = useProgramWords();
  const { event, before, after } = done;
  if (event.type === 'redemption') return null;
  // Birthdays don't change by a visit.
  const context = { day, birthday: null };
  const ready = listReadyRewards(after, programs, context);
  const isMore = ready.length > listReadyRewards(before, programs, context).length;
  const reward = isMore ? ready.findLast(({ reward: { at } }) => at > 0) : undefined;
  const definition = reward && findProgram(programs, reward.program, reward.version);
  const tiers = listReachedTiers(before, after, programs, day);
  if (!reward && tiers.length === 0) return null;
  return (
    <p className={styles['facts']}>
      {reward ? (
        <Badge tone="reward" icon={Gift}>
          {t('done.reached', {
            reward: definition ? words.reward(reward.reward, definition) : reward.reward.name,
          })}
        </Badge>
      ) : null}
      {tiers.map((level) => (
        <Badge key={level.id} tone="reward" icon={Crown}>
          {t('done.tier', { level: level.name })}
        </Badge>
      ))}
    </p>
  );
}

function PassLine({ event }: { readonly event: KnownEvent }) {
  const words = useProgramWords();
  if (event.type !== 'purchase' || event.data.passUntil === undefined) return null;
  return <Fact icon={<UserRoundCheck aria-hidden />}>{words.pass(event.data.passUntil)}</Fact>;
}

/** Whoever brought the member is told of: they are not here to see it. */
function ReferralLine({ referral }: { readonly referral: string }) {
  const { t } = useTranslation(['counter', 'common']);
  const grants = useGrantWords();
  const live = useLive(
    async ({ database }) => {
      const row = await database.events.where('id').equals(referral).first();
      const known = row && readEvent(row);
      if (known?.type !== 'referral' || known.member === undefined) return undefined;
      const member = await findCanonical(database, known.member);
      return { given: grantsOf(known), member: await database.members.get(member) };
    },
    [referral],
  );
  if (!live) return null;
  const name = (live.member && labelOf(live.member)) || t('common:noName');
  return (
    <Fact icon={<UserRoundCheck aria-hidden />}>
      {t('done.referrer', { name, units: grants.sum(live.given) })}
    </Fact>
  );
}
