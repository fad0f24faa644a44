/** Short tones made on the spot: nothing to load, nothing to be missing when the cable is pulled. */
export type Sound = 'stamp' | 'reward' | 'undo' | 'refused';

export interface Sounds {
  /** @param volume 0..100. Never throws: a machine without sound stays silent. */
  readonly play: (sound: Sound, volume: number) => void;
}

interface Tone {
  /** Hertz */
  readonly pitch: number;
  /** Seconds after the sound began. */
  readonly at: number;
  /** Seconds */
  readonly length: number;
}

const TONES: Readonly<Record<Sound, readonly Tone[]>> = {
  stamp: [
    { pitch: 180, at: 0, length: 0.05 },
    { pitch: 740, at: 0.03, length: 0.09 },
  ],
  reward: [
    { pitch: 659, at: 0, length: 0.12 },
    { pitch: 880, at: 0.1, length: 0.12 },
    { pitch: 1319, at: 0.2, length: 0.24 },
  ],
  undo: [
    { pitch: 520, at: 0, length: 0.08 },
    { pitch: 390, at: 0.08, length: 0.12 },
  ],
  refused: [{ pitch: 150, at: 0, length: 0.18 }],
};

/** Full volume of a tone; louder would clip on small speakers. */
const PEAK = 0.3;

export function createSounds(): Sounds {
  let context: AudioContext | undefined;
  return {
    play(sound, volume) {
      if (volume <= 0 || typeof AudioContext === 'undefined') return;
      context ??= new AudioContext();
      // Browsers keep it asleep until a key was pressed; by now one was.
      if (context.state === 'suspended') void context.resume();
      for (const tone of TONES[sound]) playTone(context, tone, (PEAK * volume) / 100);
    },
  };
}

function playTone(context: AudioContext, tone: Tone, peak: number): void {
  const start = context.currentTime + tone.at;
  const oscillator = new OscillatorNode(context, { type: 'triangle', frequency: tone.pitch });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(peak, start);
  gain.gain.exponentialRampToValueAtTime(0.001, start + tone.length);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + tone.length);
}
