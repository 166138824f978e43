import type { Locale } from '../refusals/problem-types.ts';

/** How many decimals a number is shown with. */
export type Decimals = 0 | 1;

/** Minutes as hours with one decimal; half a tenth is rounded up. */
export const hoursOf = (minutes: number): number => Math.round(minutes / 6) / 10;

/** A number in plain digits. */
export const digits = (value: number, decimals: Decimals): string => value.toFixed(decimals);

/** Decimals that a number in ten thousands may have: more are harder to read than plain digits. */
const mostDecimals = 4;
const fromTenThousand = 10_000;

/**
 * A number in a sentence. In Chinese, from 10,000 up it is said in 万, and always exactly: 1.2345万; what would
 * need more decimals stays in plain digits.
 */
export const inSentence = (value: number, decimals: Decimals, locale: Locale): string => {
  const plain = digits(value, decimals);
  if (locale !== 'zh-CN' || Math.abs(value) < fromTenThousand) return plain;
  const tenths = Math.round(Math.abs(value) * 10);
  const whole = Math.floor(tenths / (fromTenThousand * 10));
  const rest = String(tenths % (fromTenThousand * 10))
    .padStart(5, '0')
    .replace(/0+$/, '');
  if (rest.length > mostDecimals) return plain;
  return `${value < 0 ? '-' : ''}${whole}${rest === '' ? '' : `.${rest}`}万`;
};

/** A sum with its tenths, which binary sums of weights would not keep. */
export const tenths = (value: number): number => Math.round(value * 10) / 10;
