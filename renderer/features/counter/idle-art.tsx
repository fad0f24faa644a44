import { isStampProgram, listCurrentPrograms } from '#shared/domain/program.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { StampRow } from '#renderer/ui/stamp-row.tsx';
import { PointsBar } from '#renderer/ui/points-bar.tsx';
import { listOpen } from './visit-plan.ts';
import styles from './idle-panel.module.css';

/** The shop's own card lies on the counter while nobody is there. */
export function IdleArt() {
  const programs = usePrograms();
  const open = programs ? listOpen(listCurrentPrograms(programs)) : [];
  const program = open.find(isStampProgram) ?? open[0];
  if (!program) return null;
  return (
    <div className={styles['idleCard']} aria-hidden>
      <p dir="auto">{program.name}</p>
      {isStampProgram(program) ? (
        <StampRow
          total={program.unit.size}
          filled={0}
          icon={program.unit.icon}
          size="md"
          label=""
          marks={program.rewards.filter(({ at }) => at > 0).map(({ at }) => ({ position: at }))}
        />
      ) : (
        <PointsBar value={0} max={1} size="lg" label="" />
      )}
    </div>
  );
}
