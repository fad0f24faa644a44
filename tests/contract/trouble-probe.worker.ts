// The real probe on a disk in trouble.

import './disk-trouble.ts';
import '#renderer/platform/room-probe.worker.ts';
