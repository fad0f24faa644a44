import {
  Apple,
  Bean,
  Beer,
  Bike,
  BookOpen,
  Cake,
  Check,
  Coffee,
  CookingPot,
  Croissant,
  CupSoda,
  Dumbbell,
  Fish,
  Flower2,
  Gift,
  Heart,
  IceCreamCone,
  Leaf,
  PawPrint,
  Pizza,
  Sandwich,
  Scissors,
  Shirt,
  Sparkles,
  Star,
  Wine,
  type LucideIcon,
} from 'lucide-react';

/** The pictures a stamp can have, by the name that is stored. */
export const stampIcons = {
  cup: Coffee,
  star: Star,
  bean: Bean,
  heart: Heart,
  scissors: Scissors,
  pizza: Pizza,
  check: Check,
  croissant: Croissant,
  sandwich: Sandwich,
  cake: Cake,
  'ice-cream': IceCreamCone,
  soda: CupSoda,
  bowl: CookingPot,
  fish: Fish,
  apple: Apple,
  beer: Beer,
  wine: Wine,
  flower: Flower2,
  leaf: Leaf,
  paw: PawPrint,
  book: BookOpen,
  bike: Bike,
  dumbbell: Dumbbell,
  shirt: Shirt,
  sparkles: Sparkles,
  gift: Gift,
} as const satisfies Readonly<Record<string, LucideIcon>>;

export type StampIconName = keyof typeof stampIcons;

export function isStampIconName(name: string): name is StampIconName {
  return Object.hasOwn(stampIcons, name);
}

export const stampIconNames: readonly StampIconName[] = Object.keys(stampIcons).filter((name) =>
  isStampIconName(name),
);
