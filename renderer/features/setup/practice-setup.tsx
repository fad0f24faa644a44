import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { GraduationCap } from 'lucide-react';
import sampleUrl from '#resources/sample/members-5000.csv?url';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import { languageFor } from '#renderer/i18n/i18n.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Frame } from '#renderer/ui/frame.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Progress } from '#renderer/ui/progress.tsx';
import { makePracticePrograms } from './practice-programs.ts';
import { createPracticeCommands } from './practice.commands.ts';
import { createSetupCommands } from './setup.commands.ts';

/** The sample's numbers are French ones. */
const COUNTRY = 'FR';

/** The first look at practice: a made-up shop moves in, and the counter opens by itself. */
export function PracticeSetup() {
  const { t } = useTranslation(['import', 'common']);
  const store = useStore();
  const { running } = useSyncExternalStore(store.imports.subscribe, store.imports.state);
  const practice = usePracticeShop();
  const begun = useRef(false);
  useEffect(() => {
    // React runs effects twice in development; the shop moves in once.
    if (begun.current) return;
    begun.current = true;
    void practice.begin();
  });
  return (
    <Frame>
      <Page title={t('practice.title')} isTitleHidden width="narrow">
        <EmptyState icon={GraduationCap} title={t('practice.title')}>
          {t('practice.text')}
        </EmptyState>
        {practice.hasFailed ? (
          <>
            <Banner
              tone="error"
              role="alert"
              title={t('failure.title')}
              action={{ label: t('common:retry'), onPress: () => void practice.begin() }}
            />
            <Button onPress={() => void practice.openEmpty()}>{t('practice.empty')}</Button>
          </>
        ) : (
          <Progress
            label={t('practice.progress')}
            value={running?.progress?.done}
            maxValue={running?.progress?.total ?? 1}
            valueText={t('running.members', { count: running?.progress?.members ?? 0 })}
          />
        )}
      </Page>
    </Frame>
  );
}

function usePracticeShop() {
  const { t, i18n } = useTranslation('import');
  const { t: tRules } = useTranslation('rules');
  const store = useStore();
  const { clock, ids, log } = usePlatform();
  const [hasFailed, setFailed] = useState(false);
  const [shopEvent] = useState(() => ids.eventId());
  const [programIds] = useState(() => ({
    coffee: ids.programId(),
    club: ids.programId(),
    pass: ids.programId(),
    lunch: ids.programId(),
  }));
  const staff = () => UNASSIGNED_STAFF;
  const language = languageFor(i18n.language);

  const run = async (withMembers: boolean) => {
    setFailed(false);
    const wanted = makePracticePrograms({ rules: tRules, import: t }, programIds);
    const practice = createPracticeCommands({ ...store, ids, staff });
    const programs = await practice.publishAll(wanted);
    if (!programs.ok) return programs;
    if (withMembers) {
      const file = await (await fetch(sampleUrl)).blob();
      const moved = await practice.moveIn(
        {
          file,
          fileName: t('practice.file'),
          country: COUNTRY,
          language,
          today: plainDayAt(clock.now(), clock.timeZone()),
        },
        programs.value,
      );
      if (!moved.ok) return moved;
      await practice.playVisits(clock);
      const closed = await practice.closePast(clock);
      if (!closed.ok) return closed;
    }
    // The shop comes last: it opens the counter.
    const shop = { name: t('practice.shop'), country: COUNTRY, language };
    return await createSetupCommands({ ...store, staff }).openShop(shopEvent, shop);
  };

  const attempt = async (withMembers: boolean) => {
    try {
      const done = await run(withMembers);
      if (done.ok) return;
      log.error('practice-failed', { code: done.error.code });
    } catch (error) {
      // The sample could not be read; the shop can still open without it.
      log.error('practice-failed', { name: error instanceof Error ? error.name : 'unknown' });
    }
    setFailed(true);
  };

  return { hasFailed, begin: () => attempt(true), openEmpty: () => attempt(false) };
}
